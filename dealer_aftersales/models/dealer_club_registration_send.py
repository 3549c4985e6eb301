# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import fields, models
from odoo.exceptions import UserError
from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)


class DealerClubRegistration(models.Model):
    """Whoever registers is told so, once (MKT-09): by e-mail, else SMS, else a call.

    It answers what the person asked for, so it is service and no advertising; who
    withdrew even that is on the list of those to be called.
    """

    _inherit = "dealer.club.registration"

    def action_send_confirmation(self):
        """Send what was not sent yet; who cannot be reached stays on the list."""
        self.check_access("write")
        waiting = self.filtered(lambda entry: entry.state == "registered")
        waiting.lock_for_update()
        waiting.invalidate_recordset(["state"])
        waiting._send_confirmations()
        return True

    def action_confirm_by_phone(self):
        """The person was told by telephone; the call stands in the ledger."""
        self.check_access("write")
        for entry in self:
            if entry.state != "registered":
                raise UserError(self.env._("This registration is confirmed already."))
            contact = self.env["dealer.contact"].create(
                {
                    **entry._prepare_ledger_row(),
                    "channel": "phone",
                    "direction": "out",
                    "purpose": "care",
                    "outcome": "reached",
                    "campaign_id": entry.campaign_id.id,
                    "content": self.env._(
                        "Registration confirmed: %(event)s", event=entry.event_id.name
                    ),
                }
            )
            entry._note_confirmation("phone", contact)
        return True

    def _send_confirmations(self):
        """One message each; what fails is told on the registration, not raised."""
        for entry in self.sudo().filtered(lambda e: e.state == "registered"):
            template = entry.event_id.template_id
            channel, problem = entry._find_channel()
            if not template or not channel:
                entry.confirmation_problem = problem or self.env._("no text chosen")
                continue
            try:
                with self.env.cr.savepoint():
                    entry._send_confirmation(template, channel)
            except OperationalError:
                raise  # another worker was faster: the caller tries again
            except Exception:
                _logger.warning("Confirmation %s failed", entry.id, exc_info=True)
                entry.confirmation_problem = self.env._(
                    "the message could not be made; the server log says why"
                )

    def _get_address(self, channel):
        self.ensure_one()
        if channel == "email":
            return self.partner_id.email or self.email or self.lead_id.email_from
        return self.partner_id.phone or self.phone or self.lead_id.phone

    def _find_channel(self):
        """:return: (channel, None), or (None, why there is none)"""
        self.ensure_one()
        channels = ["email"] + (["sms"] if "sms.sms" in self.env else [])
        words = self.env["res.partner"]._get_governor_reasons()
        problem = words["no_address"]
        for channel in channels:
            if not self._get_address(channel):
                continue
            partner = self.partner_id.with_company(self.company_id)
            reason = partner and partner._judge_contacts(channel, "service")[partner.id]
            # the guest's own address was given for this very message
            if not reason or reason == "no_address":
                return channel, None
            problem = words.get(reason, reason)
        return None, problem

    def _send_confirmation(self, template, channel):
        address, uuids = self._get_address(channel), [None]
        if channel == "email":
            values = {"email_to": address}
            if self.partner_id.email:
                values = {"recipient_ids": [(4, self.partner_id.id)], "email_to": False}
            template.send_mail(self.id, email_values=values)
        else:
            text = template._render_sms(self)[self.id]
            uuids = template._queue_sms([(address, text, self.partner_id)])
        ledger = self.env["dealer.contact"].with_user(self.env.uid).sudo()
        contact = ledger._log_material(
            [{**self._prepare_ledger_row(), "sms_uuid": uuids[0]}],
            template,
            channel,
            "care",
            self.campaign_id,
        )
        self._note_confirmation(channel, contact)

    def _prepare_ledger_row(self):
        return {
            "partner_id": self.partner_id.id,
            "lead_id": self.lead_id.id,
            "visitor_name": False if self.partner_id else self.name,
            "visitor_phone": False if self.partner_id else self.phone,
            "company_id": self.company_id.id,
        }

    def _take_confirmation_back(self):
        """The message reached nobody: the person is on the list of those to be told."""
        for entry in self:
            entry.write(
                {
                    "state": "registered",
                    "date_confirmed": False,
                    "confirmed_by": False,
                    "confirmation_problem": entry.contact_id.not_delivered,
                }
            )

    def _note_confirmation(self, channel, contact):
        self.sudo().write(
            {
                "state": "confirmed",
                "date_confirmed": fields.Datetime.now(),
                "confirmed_by": channel,
                "contact_id": contact.id,
                "confirmation_problem": False,
            }
        )
