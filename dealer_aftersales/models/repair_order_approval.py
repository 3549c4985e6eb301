# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .dealer_repair_estimate import APPROVAL_METHODS

METHODS = frozenset({"signature", "call", "in_person", "portal"})


class RepairOrder(models.Model):
    """The customer's answer to an estimate, and what follows from it."""

    _inherit = "repair.order"

    def action_answer_estimate(self):
        """Open the dialog that records the answer."""
        self.ensure_one()
        self._check_may_charge()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer's Answer"),
            "res_model": "dealer.repair.approval",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_estimate_id": self._get_open_estimate().id},
        }

    def action_estimate_approved(
        self, method="in_person", content=None, signature=None, signed_by=None
    ):
        """Record that the customer said yes to all of the newest estimate.

        :param method: signature, call or in_person
        :param content: what was said on the telephone
        """
        self.ensure_one()
        self._check_may_charge()
        if method not in dict(APPROVAL_METHODS):  # on the portal he answers himself
            raise UserError(self.env._("Answered by: choose how the answer came."))
        self._approve_estimate(
            method, content=content, signature=signature, signed_by=signed_by
        )
        return True

    def _get_open_estimate(self):
        """The estimate the customer has not answered yet.

        :raises UserError: when there is none
        """
        self.ensure_one()
        estimate = self.sudo().estimate_ids.filtered(lambda e: e.state == "sent")[:1]
        if not estimate:
            raise UserError(
                self.env._(
                    "Order %(order)s has no estimate that waits for an answer.",
                    order=self.name,
                )
            )
        return estimate

    def _approve_estimate(self, method, estimate=None, refused=None, **answer):
        """The customer's yes, whoever records it: advisor, portal, tablet.

        Rights are the caller's affair.

        :param method: signature, call or in_person
        :param estimate: the version he saw; else the open one
        :param refused: ``dealer.repair.estimate.line`` he does not want
        :param answer: ``content`` of a call, ``signature`` and ``signed_by``
        :raises UserError: when it is answered, replaced or out of date
        """
        self.ensure_one()
        estimate = (estimate or self._get_open_estimate()).sudo()
        refused = refused or estimate.line_ids.browse()
        asked = estimate._get_open_lines()
        refused = refused.sudo() & asked
        if refused and refused == asked:
            self._refuse_estimate(method=method, estimate=estimate, **answer)
            return
        self._check_answer(estimate, method, answer)
        self._take_answer(estimate, "approved", method, answer)
        refused.decision = "refused"
        taken = estimate.line_ids - refused
        taken.decision = "approved"
        taken._approve_sources()
        self._decline_lines(refused)
        self._after_answer(estimate)

    def _refuse_estimate(
        self, reason=None, method="in_person", estimate=None, **answer
    ):
        """The customer's no to all that he has not approved before."""
        self.ensure_one()
        estimate = (estimate or self._get_open_estimate()).sudo()
        self._check_answer(estimate, method, answer, is_yes=False)
        self._take_answer(estimate, "refused", method, {**answer, "reason": reason})
        refused = estimate._get_open_lines()
        refused.decision = "refused"
        (estimate.line_ids - refused).decision = "approved"
        self._decline_lines(refused)
        self._after_answer(estimate)

    def _check_answer(self, estimate, method, answer, is_yes=True):
        """:raises UserError: naming what is wrong with the answer"""
        if estimate.repair_id != self or estimate.state != "sent":
            raise UserError(
                self.env._(
                    "Estimate %(estimate)s is answered or replaced by a newer one.",
                    estimate=estimate.name,
                )
            )
        if method not in METHODS:
            raise UserError(self.env._("Answered by: choose how the answer came."))
        if is_yes and estimate.is_expired:
            raise UserError(
                self.env._(
                    "Estimate %(estimate)s was valid until %(day)s: send a new one.",
                    estimate=estimate.name,
                    day=fields.Date.to_string(estimate.date_valid),
                )
            )
        if method == "call" and not (answer.get("content") or "").strip():
            raise UserError(
                self.env._("What was said: a call is recorded with its words.")
            )
        if is_yes and method == "signature":
            self._check_signature(answer)

    def _check_signature(self, answer):
        if not (answer.get("signature") and (answer.get("signed_by") or "").strip()):
            raise UserError(
                self.env._("Signature: the customer signs and his name is noted.")
            )

    def _take_answer(self, estimate, state, method, answer):
        """Stamp the estimate with the answer; a call goes to the contact ledger."""
        values = {
            "state": state,
            "approved_by": method,
            "date_decided": fields.Datetime.now(),
            "user_id": self.env.uid,
            "reason": answer.get("reason") or False,
        }
        if method == "call":
            values["contact_id"] = self._log_answer_call(answer["content"]).id
        if answer.get("signature"):
            values |= {
                "signature": answer["signature"],
                "signed_by": answer.get("signed_by"),
                "signed_on": fields.Datetime.now(),
            }
        estimate.write(values)

    def _log_answer_call(self, content):
        """The call as a row of the contact ledger: who, when, what was said."""
        return self.env["dealer.contact"].create(
            {
                "partner_id": (self.bringer_id or self.partner_id).id,
                "vehicle_id": self.vehicle_id.id,
                "channel": "phone",
                "direction": "out",
                "purpose": "service",
                "outcome": "reached",
                "content": content,
                "company_id": self.company_id.id,
            }
        )

    def _decline_lines(self, lines):
        """What the customer does not want leaves the order; the estimate keeps it."""
        if not lines:
            return
        self._on_lines_declined(lines)
        lines.labor_id.unlink()
        lines.move_id.filtered(lambda m: m.state != "done").unlink()

    def _after_answer(self, estimate):
        """The order follows the answer; who looks after it is told."""
        self._refresh_estimate_state()
        if self.estimate_state == "approved" and self.service_state in (
            "received",
            "diagnosed",
        ):
            self._approve_if_free()

    def _approve_if_free(self):
        """On to "approved" where nothing else stands against it."""
        steps = ("diagnosed", "approved")
        if not any(self._get_state_blocks(step) for step in steps):
            self._go_to("approved")
