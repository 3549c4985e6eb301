# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)

BATCH = 200
PRINTED = 500
#: Outcomes after which the person is not called again for this push.
TALKED = ("reached", "refused")


class DealerPush(models.Model):
    """Sending: in committed batches, each person once, whoever runs it how often."""

    _inherit = "dealer.push"

    def action_print(self):
        """The letters that are not posted yet, at most so many in one file."""
        self.ensure_one()
        lines = self._get_waiting(PRINTED)
        if not lines:
            raise UserError(self.env._("Look first who gets it."))
        return self.env.ref("dealer_aftersales.action_report_push").report_action(lines)

    def _get_waiting(self, limit):
        return self.env["dealer.push.line"].search(
            [("push_id", "=", self.id), ("state", "=", "waiting")],
            order="id",
            limit=limit,
        )

    def action_send(self):
        """Send to all recipients: a small group at once, a large one by the job."""
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_draft()
        if not self._get_waiting(1):
            raise UserError(self.env._("Look first who gets it."))
        push = self.sudo()
        push.write({"state": "sending", "date_sent": fields.Datetime.now()})
        push.user_id = self.env.user
        if push.channel == "phone":
            push.state = "sent"  # the recipients are the list of calls
        elif push.recipient_count <= BATCH:
            push._send_batch()
        else:
            self.env.ref("dealer_aftersales.ir_cron_send_pushes").sudo()._trigger()
        return True

    @api.model
    def _cron_send_pushes(self):
        """Go on with what is being sent; one bad push or person stops no other."""
        cron = self.env["ir.cron"]
        for push in self.search([("state", "=", "sending")]):
            while push.state == "sending":
                done = push._send_batch()
                if not cron._commit_progress(done):
                    return
                if not done:
                    break

    def _send_batch(self):
        """Send to the next recipients in the name of who pressed the button.

        :return: how many persons were looked at
        """
        self.ensure_one()
        lines = self.sudo()._get_waiting(BATCH).try_lock_for_update()
        lines = lines.filtered(lambda line: line.state == "waiting")
        if not lines:
            if not self.sudo()._get_waiting(1):
                self.sudo().state = "sent"  # else another worker sends them now
            return 0
        reasons = self._judge(lines.partner_id)
        allowed = lines.filtered(lambda x: not reasons[x.partner_id.id])
        for line in lines - allowed:
            line.write({"state": "left_out", "reason": reasons[line.partner_id.id]})
        self._deliver_all(allowed)
        if len(lines) < BATCH and not self.sudo()._get_waiting(1):
            self.sudo().state = "sent"
        return len(lines)

    def _deliver_all(self, lines):
        """All at once; if that fails one by one, so that the bad one is found."""
        if self._try_deliver(lines):
            return
        for line in lines:
            if not self._try_deliver(line):
                line.state = "failed"

    def _try_deliver(self, lines):
        try:
            with self.env.cr.savepoint():
                self._deliver(lines)
                self.env.flush_all()
        except OperationalError:
            raise  # another worker was faster: the caller tries again
        except Exception as error:
            _logger.warning("Push %s failed", self.id, exc_info=True)
            self.sudo().last_error = str(error)[:500]
            return False
        return True

    def _deliver(self, lines):
        """Hand over to the channel and note each in the ledger, in one statement."""
        if not lines:
            return
        push = self.with_user(self.user_id).with_company(self.company_id)
        partners = lines.partner_id.with_env(push.env)
        uuids = getattr(push, f"_deliver_{self.channel}")(partners)
        rows = [
            {
                "partner_id": line.partner_id.id,
                "company_id": self.company_id.id,
                "sms_uuid": uuid,
            }
            for line, uuid in zip(lines, uuids or [None] * len(lines), strict=True)
        ]
        contacts = push.env["dealer.contact"]._log_material(
            rows, self.template_id, self.channel, self.purpose, self.campaign_id
        )
        for line, contact in zip(lines, contacts, strict=True):
            line.write({"state": "done", "contact_id": contact.id})

    def _deliver_letter(self, partners):
        """Printed before, posted by a person."""

    def _deliver_email(self, partners):
        for partner in partners:
            values = {"recipient_ids": [(4, partner.id)], "email_to": False}
            self.template_id.send_mail(partner.id, email_values=values)

    def _deliver_sms(self, partners):
        texts = self.template_id._render_sms(partners)
        return self.template_id._queue_sms(
            [(p.sudo().phone, texts[p.id], p) for p in partners]
        )


class DealerContact(models.Model):
    """A logged call ends the call of its push."""

    _inherit = "dealer.contact"

    push_id = fields.Many2one(
        "dealer.push", ondelete="set null", index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts.filtered("push_id")._close_push_calls()
        return contacts

    def _close_push_calls(self):
        for contact in self.filtered(lambda c: c.outcome in TALKED):
            line = (
                self.env["dealer.push.line"]
                .sudo()
                .search(
                    [
                        ("push_id", "=", contact.push_id.id),
                        ("partner_id", "=", contact.partner_id.id),
                        ("state", "=", "waiting"),
                        ("push_id.channel", "=", "phone"),
                    ]
                )
            )
            line.write({"state": "done", "contact_id": contact.id})
