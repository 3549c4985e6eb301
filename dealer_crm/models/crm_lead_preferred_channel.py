# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .crm_lead_follow_up import FOLLOW_UP

# how a person likes to be reached: the channel under which the contact is logged
CONTACT_CHANNELS = {
    "call": "phone",
    "wechat": "wechat",
    "sms": "sms",
    "email": "email",
    "visit": "visit",
}
NAMED_FIELDS = frozenset(
    {"preferred_channel", "next_contact_channel", "next_contact_purpose"}
)


class CrmLead(models.Model):
    """The next follow-up is proposed on the channel that the customer prefers."""

    _inherit = "crm.lead"

    def write(self, vals):
        if "preferred_channel" in vals and "next_contact_channel" not in vals:
            # what the customer prefers now is proposed again
            vals = {**vals, "next_contact_channel": False}
        result = super().write(vals)
        if NAMED_FIELDS & vals.keys():
            self._name_follow_up()
        return result

    def _sync_follow_up_activity(self):
        result = super()._sync_follow_up_activity()
        self._name_follow_up()
        return result

    def _get_next_channel(self):
        """How the next contact is made: as planned, else as the customer prefers."""
        self.ensure_one()
        lead = self.sudo()
        preferred = CONTACT_CHANNELS.get(lead.preferred_channel)
        return lead.next_contact_channel or preferred or False

    def _name_follow_up(self):
        """The planned activity says how and what for, in the consultant's language."""
        leads = self.sudo().filtered(
            lambda lead: lead.next_contact_date
            and (lead._get_next_channel() or lead.next_contact_purpose)
        )
        if not leads:
            return
        planned = leads.activity_search([FOLLOW_UP]).grouped("res_id")
        for (channel, purpose, lang), group in leads.grouped(
            lambda lead: (
                lead._get_next_channel(),
                lead.next_contact_purpose,
                lead.user_id.lang,
            )
        ).items():
            texts = self.with_context(lang=lang or self.env.lang)
            summary = texts._get_follow_up_summary(channel, purpose)
            activities = self.env["mail.activity"].union(
                *(planned[lead.id] for lead in group if lead.id in planned)
            )
            activities.sudo().filtered(lambda a, text=summary: a.summary != text).write(
                {"summary": summary}
            )

    def _get_follow_up_summary(self, channel, purpose):
        """The plan in a line: "Next contact: WeChat · Test Drive"."""
        contacts = self.env["dealer.contact"]
        labels = (
            dict(contacts._get_choices("channel")).get(channel),
            dict(contacts._get_choices("purpose")).get(purpose),
        )
        return self.env._(
            "Next contact: %(plan)s", plan=" · ".join(filter(None, labels))
        )

    def action_log_contact(self):
        """The dialog opens with the preferred channel chosen."""
        action = super().action_log_contact()
        channel = self._get_next_channel()
        if channel:
            action["context"]["default_channel"] = channel
        return action
