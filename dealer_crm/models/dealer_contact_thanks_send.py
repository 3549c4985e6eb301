# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dealer_contact_thanks import ACTIVITIES

#: channel of the ledger: channel of dealer.consent
CONSENT_CHANNELS = {"letter": "post", "email": "email", "sms": "sms"}
ADDRESS = {"letter": "name", "email": "email", "sms": "phone"}


class DealerContact(models.Model):
    """Thank-you letters leave by post, e-mail or SMS; each is noted in the ledger."""

    _inherit = "dealer.contact"

    @api.model
    def _get_letter_groups(self):
        """XML ids of groups that write to all visitors; consultants to their own."""
        return ["dealer_crm.group_sales_manager"]

    def _check_letter_rights(self):
        """:raises AccessError: for visits of others, and without a fitting role"""
        self.check_access("read")
        user = self.env.user
        if self.env.su or any(map(user.has_group, self._get_letter_groups())):
            return
        own = self.filtered(lambda v: user in (v.user_id, v.sudo().lead_id.user_id))
        if own != self or not user.has_group("dealer_crm.group_sales_consultant"):
            raise AccessError(self.env._("Your role does not write to these visitors."))

    def action_print_thanks(self):
        """The letters on paper; what is marked as sent is a step of its own."""
        self._check_letter_rights()
        return self.env.ref("dealer_crm.action_report_thanks").report_action(self)

    def action_mark_thanks_sent(self):
        """The printed letters are in the post."""
        return self._send_thanks("letter")

    def action_email_thanks(self):
        """The letters leave by e-mail."""
        return self._send_thanks("email")

    def action_sms_thanks(self):
        """The letters leave as text messages."""
        return self._send_thanks("sms")

    def _send_thanks(self, channel):
        """Send what is due of these visits, tell how many and why others did not go."""
        self._check_letter_rights()
        due = self.sudo().filtered(lambda v: v.thanks_state == "due")
        due._lock_visits()
        due = due.filtered(lambda v: v.thanks_state == "due")
        if not due:
            raise UserError(self.env._("No letter of these visits is due."))
        sent = due._filter_thanks(channel)
        template = self.env["mail.template"]._get_thanks_template()
        uuids = getattr(sent, f"_send_thanks_{channel}")(template)
        sent._note_thanks(template, channel, uuids)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if sent == due else "warning",
                "message": self.env._(
                    "%(sent)s letters sent, %(left)s left: no address or no consent.",
                    sent=len(sent),
                    left=len(due) - len(sent),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _lock_visits(self):
        """Two people send at once: each letter leaves once."""
        if self:
            self.lock_for_update()
            self.invalidate_recordset(["thanks_state"])

    def _filter_thanks(self, channel):
        """Visits whose visitor has an address and did not say no to the channel."""
        partners = self.partner_id.with_context(active_test=False)
        wanted = partners._get_consent_domain(CONSENT_CHANNELS[channel], "care")
        allowed = partners.search([("id", "in", partners.ids), *wanted])
        return self.filtered(
            lambda v: (not v.partner_id or v.partner_id in allowed)
            and v._get_addressee()[ADDRESS[channel]]
        )

    def _send_thanks_letter(self, template):
        """Paper is brought to the post by a person."""

    def _send_thanks_email(self, template):
        for visit in self:
            person = visit._get_addressee()
            template.send_mail(visit.id, email_values={"email_to": person["email"]})

    def _send_thanks_sms(self, template):
        texts = template._render_sms(self)
        return template._queue_sms(
            [(v._get_addressee()["phone"], texts[v.id], v.partner_id) for v in self]
        )

    def _note_thanks(self, template, channel, uuids=None):
        rows = [
            {
                "partner_id": visit.partner_id.id,
                "lead_id": visit.lead_id.id,
                "visitor_name": visit.visitor_name,
                "visitor_phone": visit.visitor_phone,
                "company_id": visit.company_id.id,
                "sms_uuid": uuid,
            }
            for visit, uuid in zip(self, uuids or [None] * len(self), strict=True)
        ]
        self._log_material(rows, template, channel, "care")
        self.write({"thanks_state": "done", "thanks_sent_at": fields.Datetime.now()})
        self._close_thanks_activities("thanks")

    @api.model
    def _finish_thanks(self, records, kind, feedback):
        """A to-do was ticked off: what it stood for goes to the ledger.

        :param records: crm.lead or res.partner records
        :param kind: "thanks" or "call"
        """
        name = "lead_id" if records._name == "crm.lead" else "partner_id"
        domain = [(name, "in", records.ids), (f"{kind}_state", "=", "due")]
        visits = self.sudo().search(domain)
        if kind == "thanks" and visits:
            template = self.env["mail.template"]._get_thanks_template()
            visits._note_thanks(template, "letter")
        elif visits:
            # Whoever may do the activity logs it, as core lets him.
            self.sudo().create(
                [
                    {
                        name: record.id,
                        "user_id": self.env.uid,
                        "outcome": "reached",
                        "content": feedback or self.env._("Called after the visit"),
                    }
                    for record in visits[name]
                ]
            )

    def action_call_visitor(self):
        """The dialog to log the call, filled from this visit."""
        self.ensure_one()
        if self.lead_id:
            return self.lead_id.action_log_contact()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_contact_action_log"
        )
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_visitor_name": self.visitor_name,
            "default_visitor_phone": self.visitor_phone,
            "default_vehicle_model_id": self.vehicle_model_id.id,
            "default_channel": "phone",
            "default_direction": "out",
            "default_purpose": "follow_up",
            "default_outcome": False,
        }
        return action


class MailTemplate(models.Model):
    _inherit = "mail.template"

    @api.model
    def _get_thanks_template(self):
        """The branch's thank-you letter: the newest one of this kind.

        :raises UserError: when there is none any more
        """
        templates = self.sudo()
        template = templates.search(
            [("dealer_kind", "=", "thanks"), ("model", "=", "dealer.contact")],
            order="id desc",
            limit=1,
        )
        if not template:
            raise UserError(
                self.env._("There is no thank-you letter: add one under Letters.")
            )
        return template


class MailActivity(models.Model):
    """Marked as done on the lead: the letter is in the post, the call was made."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        kinds = self._get_thanks_activities()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        for kind, model, record_ids in kinds:
            records = self.env[model].browse(record_ids).exists()
            self.env["dealer.contact"]._finish_thanks(records, kind, feedback)
        return result

    def _get_thanks_activities(self):
        """[(thanks or call, model, record ids)] of the open reminders among these."""
        if self.env.su and self.env.context.get("dealer_thanks_closed"):
            return []
        found = []
        for kind in ("thanks", "call"):
            kind_id = self.env.ref(ACTIVITIES[kind], False)
            own = self.filtered(
                lambda a, t=kind_id: t and a.active and a.activity_type_id == t
            )
            for model in ("crm.lead", "res.partner"):
                ids = own.filtered(lambda a, m=model: a.res_model == m).mapped("res_id")
                if ids:
                    found.append((kind, model, ids))
        return found
