# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dealer_callback_policy_consent import CONSENT_CHANNELS, CONSENT_PURPOSES

TEMPLATE = "dealer_aftersales.mail_template_callback_link"
#: States in which the customer may still answer by himself.
LINKABLE = ("planned", "not_reached", "sent")


class DealerCallback(models.Model):
    """The same questions by a link that works without log-in, until the window ends.

    Sending is a row of the ledger and no attempt: nobody talked. The answers are one,
    see ``dealer_callback_self_service_answer.py``.
    """

    _inherit = "dealer.callback"

    date_link_sent = fields.Datetime("Link made on", readonly=True, copy=False)
    link_channel = fields.Selection(
        [("sms", "SMS"), ("email", "E-mail"), ("wechat", "WeChat")],
        "Link sent by",
        readonly=True,
        copy=False,
    )
    answer_url = fields.Char("Link to the Questions", compute="_compute_answer_url")

    @api.depends("date_link_sent", "state")
    @api.depends_context("uid")
    def _compute_answer_url(self):
        """For callers only, never for whose own work the questions are about."""
        allowed = self._origin._filtered_access("write")
        for callback in self:
            is_open = callback.date_link_sent and callback.state in LINKABLE
            advisor = callback.sudo().repair_advisor_id
            may = callback._origin in allowed and advisor != self.env.user
            callback.answer_url = may and is_open and callback._get_answer_url()

    def _get_answer_url(self):
        """Address of the customer's page, "" where nothing is asked; for templates."""
        self.ensure_one()
        if not self.sudo().survey_id:
            return ""
        user_input = self.sudo()._get_user_input()
        return f"{self.get_base_url()}{user_input.get_start_url()}"

    def action_make_link(self):
        """A link to be copied, e.g. into WeChat."""
        self.check_access("write")
        self._check_linkable()
        self._open_link("wechat")
        return True

    def action_send_link_sms(self):
        """Send the link as a text message."""
        return self._send_links("sms")

    def action_send_link_email(self):
        """Send the link by e-mail."""
        return self._send_links("email")

    def _send_links(self, channel):
        """Send to whom it may be sent; tell how many were left out.

        :raises UserError: for a single callback, naming what is in the way
        """
        self.check_access("write")
        reasons = {callback: callback._get_link_obstacle() for callback in self}
        fit = self.filtered(lambda c: not reasons[c])
        reasons |= fit._judge_links(channel)
        allowed = self.filtered(lambda c: not reasons[c])
        if not allowed:
            raise UserError(
                self.env._(
                    "The link was not sent: %(reason)s.",
                    reason=next(iter(reasons.values())) or "–",
                )
            )
        template = self.env.ref(TEMPLATE).sudo()
        allowed._open_link(channel)
        uuids = getattr(allowed, f"_deliver_link_{channel}")(template)
        allowed._note_links(template, channel, uuids)
        return self._get_sent_notification(len(allowed), len(self) - len(allowed))

    @api.model
    def _get_sent_notification(self, sent, left):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": self.env._(
                    "%(sent)s links sent, %(left)s left out: closed, no address or no "
                    "consent.",
                    sent=sent,
                    left=left,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_linkable(self):
        """:raises UserError: naming why no link can be made"""
        for callback in self:
            obstacle = callback._get_link_obstacle()
            if obstacle:
                raise UserError(
                    self.env._("The link was not sent: %(reason)s.", reason=obstacle)
                )

    def _get_link_obstacle(self):
        """Why this callback cannot be answered by link; False: it can."""
        self.ensure_one()
        if not self.sudo().policy_id.survey_id.question_ids:
            return self.env._("the policy has no questionnaire")
        if self.state not in LINKABLE:
            return self.env._("the callback is closed")
        if self._get_link_deadline() <= fields.Datetime.now():
            return self.env._("the window of the callback is over")
        return False

    def _judge_links(self, channel):
        """What speaks against the channel: consent, restriction, no address.

        :return: dict callback → reason in words, or False
        """
        reasons = {}
        words = self.env["res.partner"]._get_governor_reasons()
        for purpose, calls in self.grouped("purpose").items():
            for company, own in calls.grouped("company_id").items():
                partners = own.partner_id.sudo().with_company(company)
                found = partners._judge_contacts(
                    CONSENT_CHANNELS[channel],
                    CONSENT_PURPOSES.get(purpose, "marketing"),
                )
                for callback in own:
                    key = found[callback.partner_id.id]
                    key = key or callback._get_address_obstacle(channel)
                    reasons[callback] = words.get(key, key) if key else False
        return reasons

    def _get_address_obstacle(self, channel):
        """A service message needs an address that is right as well."""
        partner = self.sudo().partner_id
        if channel == "sms" and partner.phone_invalid:
            return "phone_wrong"
        address = partner.phone if channel == "sms" else partner.email
        return False if address else "no_address"

    def _open_link(self, channel):
        """The answer sheet accepts answers until the window's last day is over."""
        now = fields.Datetime.now()
        languages = self.env["res.lang"].sudo()
        for callback in self.sudo():
            user_input = callback._get_user_input()
            user_input.deadline = callback._get_link_deadline()
            if user_input.state == "done":
                user_input.state = "in_progress"
            lang = callback.partner_id.lang or callback.company_id.partner_id.lang
            user_input.lang_id = languages._lang_get(lang) if lang else False
            callback.write({"date_link_sent": now, "link_channel": channel})

    def _get_link_deadline(self):
        end = self.date_window_end or self.date_due
        return self.company_id._get_dealer_day_start(end + timedelta(days=1))

    def _deliver_link_sms(self, template):
        texts = template._render_sms(self)
        return template._queue_sms(
            [(c.sudo().partner_id.phone, texts[c.id], c.partner_id) for c in self]
        )

    def _deliver_link_email(self, template):
        for callback in self:
            values = {"recipient_ids": [(4, callback.partner_id.id)], "email_to": False}
            template.send_mail(callback.id, email_values=values)

    def _note_links(self, template, channel, uuids=None):
        """One row of the ledger per link, in the name of who sent it."""
        uuids = dict(zip(self.ids, uuids or (), strict=bool(uuids)))
        contacts = self.env["dealer.contact"]
        for purpose, calls in self.grouped("purpose").items():
            rows = [
                {
                    "partner_id": callback.partner_id.id,
                    "vehicle_id": callback.vehicle_id.id,
                    "company_id": callback.company_id.id,
                    "sms_uuid": uuids.get(callback.id),
                }
                for callback in calls
            ]
            made = contacts._log_material(rows, template, channel, purpose or "other")
            for callback, contact in zip(calls, made, strict=True):
                contact.sudo().callback_id = callback


class MailTemplate(models.Model):
    _inherit = "mail.template"

    dealer_kind = fields.Selection(
        selection_add=[("questions", "Questionnaire by Link")],
        ondelete={"questions": "set null"},
    )
