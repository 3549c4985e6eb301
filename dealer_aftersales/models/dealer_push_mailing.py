# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import UserError

from .dealer_push_send import BATCH

#: State of a trace of a mailing: it left the house.
SENT = ("pending", "sent", "open", "reply")
FAILED = ("bounce", "error", "cancel")


class DealerPush(models.Model):
    """A push that leaves by Odoo's mailing, where that app is installed (MKT-11).

    The mailing gets exactly the persons whom consent and the contact governor let
    through; what it sent comes back into the ledger as if the push had sent it.
    """

    _inherit = "dealer.push"

    mailing_ref = fields.Integer("Mailing", readonly=True, copy=False)
    can_mail = fields.Boolean(compute="_compute_can_mail")

    @api.depends("channel", "mailing_ref")
    def _compute_can_mail(self):
        for push in self:
            push.can_mail = bool(push._get_mailing_type()) and not push.mailing_ref

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any("mailing_ref" in vals for vals in vals_list):
            self._refuse_system_fields()
        return super(DealerPush, without_defaults(self, {"mailing_ref"})).create(
            vals_list
        )

    def write(self, vals):
        if "mailing_ref" in vals and not self.env.su:
            self._refuse_system_fields()
        return super().write(vals)

    def _get_mailing_type(self):
        """The type of mailing for the channel; False where no app does it."""
        if "mailing.mailing" not in self.env:
            return False
        types = self.env["mailing.mailing"]._fields["mailing_type"]
        wanted = {"email": "mail", "sms": "sms"}.get(self.channel)
        return wanted in types.get_values(self.env) and wanted

    def action_make_mailing(self):
        """A mailing to the recipients of this push, to be finished in its app.

        :raises UserError: without the app, or before it was looked who gets it
        """
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_draft()
        if not self._get_mailing_type():
            raise UserError(
                self.env._("Install the app for mailings of this channel first.")
            )
        lines = self._get_waiting(None)
        if not lines:
            raise UserError(self.env._("Look first who gets it."))
        push = self.sudo()
        mailing = (
            self.env["mailing.mailing"]
            .sudo()
            .create(push._prepare_mailing(lines.partner_id))
        )
        push.write(
            {
                "state": "sending",
                "date_sent": fields.Datetime.now(),
                "mailing_ref": mailing.id,
                "user_id": self.env.uid,
            }
        )
        return self.action_open_mailing()

    def _prepare_mailing(self, partners):
        template = self.template_id
        kind = self._get_mailing_type()
        values = {
            "subject": template.subject or self.name,
            "mailing_type": kind,
            "mailing_model_id": self.env["ir.model"]._get("res.partner").id,
            "mailing_domain": repr([("id", "in", partners.ids)]),
            "campaign_id": self.campaign_id.id,
            "user_id": self.env.uid,
        }
        if kind == "sms":
            return values | {"body_plaintext": template.dealer_sms or self.name}
        body = template.body_html
        return values | {"body_arch": body, "body_html": body}

    def action_open_mailing(self):
        """The mailing of this push in its app.

        :raises UserError: where the app or the mailing is gone
        """
        self.ensure_one()
        if not self._get_mailing():
            raise UserError(self.env._("The mailing is not there any more."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "mailing.mailing",
            "res_id": self.mailing_ref,
            "views": [(False, "form")],
        }

    def _get_mailing(self):
        if not self.mailing_ref or "mailing.mailing" not in self.env:
            return None
        return self.env["mailing.mailing"].sudo().browse(self.mailing_ref).exists()

    def action_drop_mailing(self):
        """Back to a draft, as long as the mailing has sent nothing."""
        self.ensure_one()
        self.check_access("write")
        mailing = self._get_mailing()
        if mailing and mailing.state not in ("draft", "in_queue"):
            raise UserError(self.env._("This mailing is being sent already."))
        if mailing:
            mailing.unlink()
        self.sudo().write({"state": "draft", "date_sent": False, "mailing_ref": False})
        return True

    def _send_batch(self):
        """A push with a mailing sends nothing itself: it takes over what was sent."""
        if not self.mailing_ref:
            return super()._send_batch()
        return self.sudo()._take_over_traces()

    def action_take_over(self):
        """Look now what the mailing sent; else the nightly job does."""
        self.check_access("write")
        for push in self.filtered(lambda p: p.mailing_ref and p.state == "sending"):
            while push._send_batch() == BATCH:
                pass
        return True

    def _take_over_traces(self):
        """:return: how many persons were noted, at most a batch"""
        mailing = self._get_mailing()
        if not mailing:
            self.write({"state": "sent", "last_error": self.env._("Mailing deleted.")})
            return 0
        waiting = {line.partner_id.id: line for line in self._get_waiting(None)}
        traces = self.env["mailing.trace"].search(
            [
                ("mass_mailing_id", "=", mailing.id),
                ("model", "=", "res.partner"),
                ("res_id", "in", list(waiting)),
                ("trace_status", "in", SENT + FAILED),
            ],
            limit=BATCH,
        )
        done = traces.filtered(lambda t: t.trace_status in SENT)
        self._note_sent([waiting[res_id] for res_id in set(done.mapped("res_id"))])
        for trace in traces - done:
            waiting[trace.res_id].state = "failed"
        if mailing.state == "done" and len(traces) < BATCH:
            self._get_waiting(None).write({"state": "failed"})
            self.state = "sent"
        return len(traces)

    def _note_sent(self, lines):
        rows = [
            {"partner_id": line.partner_id.id, "company_id": self.company_id.id}
            for line in lines
        ]
        if not rows:
            return
        ledger = self.env["dealer.contact"].with_user(self.user_id).sudo()
        contacts = ledger._log_material(
            rows, self.template_id, self.channel, self.purpose, self.campaign_id
        )
        for line, contact in zip(lines, contacts, strict=True):
            line.write({"state": "done", "contact_id": contact.id})
