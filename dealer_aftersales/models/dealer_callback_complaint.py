# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.complaint import guess_kind
from .dealer_complaint import COMPLAINT_KINDS, OPEN_STATES

#: Typed on the card until the complaint is there, then of no use any more.
DRAFT_FIELDS = ("complaint_content", "complaint_kind", "complaint_level_id")


class DealerCallback(models.Model):
    """From a dissatisfied answer to the complaint: one block on the call card."""

    _inherit = "dealer.callback"

    complaint_id = fields.Many2one(
        "dealer.complaint", readonly=True, copy=False, index="btree_not_null"
    )
    complaint_content = fields.Text("What is wrong", copy=False)
    complaint_kind = fields.Selection(COMPLAINT_KINDS, "Kind", copy=False)
    complaint_level_id = fields.Many2one(
        "dealer.complaint.level", "Level", copy=False, ondelete="set null"
    )
    complaint_alert = fields.Text(compute="_compute_complaint_alert")

    @api.depends("partner_id", "complaint_id")
    def _compute_complaint_alert(self):
        """Stop sign of the card: what of this customer is still open."""
        lines = self.partner_id._get_open_complaint_texts()
        for callback in self:
            texts = lines.get(callback.partner_id.id, ())
            callback.complaint_alert = "\n".join(texts) or False

    def write(self, vals):
        result = super().write(vals)
        if "issue_ids" in vals:
            self._pass_problems_on()
        return result

    def _pass_problems_on(self):
        """Problems ticked after the complaint was opened belong to it as well."""
        for callback in self.sudo().filtered("complaint_id"):
            complaint = callback.complaint_id
            found = callback.issue_ids._filter_problems() - complaint.issue_ids
            if found and complaint.state in OPEN_STATES:
                complaint.issue_ids |= found

    def _register_attempt(self, contact):
        """The case is opened the same day: with the call that it came up in."""
        result = super()._register_attempt(contact)
        if contact.outcome == "reached":
            self._open_wanted_complaint()
        return result

    def action_save_answers(self):
        """Decided after the call was closed, it is opened with the next save."""
        result = super().action_save_answers()
        for callback in self:
            callback._open_wanted_complaint()
        return result

    def _open_wanted_complaint(self):
        self.ensure_one()
        if self.complaint_choice == "yes" and not self.complaint_id:
            self._open_complaint()

    def action_want_complaint(self):
        """Unfold the block of the complaint on the card."""
        self.check_access("write")
        self.write({"complaint_choice": "yes"})
        return True

    def action_open_complaint(self):
        """The complaint of this call; made with all that is known where there is none.

        :return: action that shows it
        """
        self.ensure_one()
        return self._open_complaint().get_formview_action()

    def action_keep_complaint(self):
        """Open the complaint and stay on the card: the call goes on."""
        self.ensure_one()
        self._open_complaint()
        return True

    def _open_complaint(self, content=None):
        """The complaint of this call, made where there is none yet.

        Asked as superuser for what callers may not write: the call's own link.

        :param content: the customer's words; empty: what stands on the card
        :return: ``dealer.complaint``
        :raises AccessError: no right to enter complaints
        """
        self.ensure_one()
        self.check_access("read")
        self._lock_for_complaint()
        if self.complaint_id:
            return self.complaint_id
        complaints = self.env["dealer.complaint"]
        complaints.check_access("create")
        values = self._prepare_complaint(content)
        made = complaints.sudo().create(values)
        self.sudo().write(
            {
                "complaint_id": made.id,
                "complaint_choice": "yes",
                **dict.fromkeys(DRAFT_FIELDS, False),
            }
        )
        return made.sudo(self.env.su)

    def _lock_for_complaint(self):
        """Two windows on the same call open one complaint."""
        self.env.cr.execute(
            "SELECT id FROM dealer_callback WHERE id = %s FOR NO KEY UPDATE", [self.id]
        )
        self.invalidate_recordset(["complaint_id"])

    def _prepare_complaint(self, content=None):
        """Values of the complaint: nothing is typed twice."""
        words = (content or self.complaint_content or self.remark or "").strip()
        issues = self.issue_ids._filter_problems()
        values = {
            "callback_id": self.id,
            "partner_id": self.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "repair_id": self.repair_id.id,
            "company_id": self.company_id.id,
            "channel": "callback",
            "kind": self.complaint_kind or self._guess_complaint_kind(),
            "issue_ids": [(6, 0, issues.ids)],
            "content": words or self._get_complaint_words(),
        }
        if self.complaint_level_id:
            values["level_id"] = self.complaint_level_id.id
        if self.cause_id:
            values["cause_id"] = self.cause_id.id
        return values

    def _guess_complaint_kind(self):
        return guess_kind(
            self.issue_ids._filter_problems().mapped("code"), self.purpose
        )

    def _get_complaint_words(self):
        """Where nothing was typed: the problems ticked, and the score."""
        parts = self.issue_ids._filter_problems().mapped("name")
        if self.is_scored:
            parts.append(self.env._("Satisfaction %(score)g", score=self.score))
        return ", ".join(parts) or self.env._(
            "Dissatisfied at the call '%(policy)s'", policy=self.policy_id.name
        )


class DealerComplaint(models.Model):
    _inherit = "dealer.complaint"

    def _after_change(self, vals):
        """The cause once found is not asked for again on the card of the call."""
        result = super()._after_change(vals)
        if vals.get("cause_id"):
            calls = self.sudo().callback_id.filtered(lambda call: not call.cause_id)
            calls.cause_id = vals["cause_id"]
        return result
