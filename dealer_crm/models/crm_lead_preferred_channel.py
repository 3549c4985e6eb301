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


class CrmLead(models.Model):
    """The next follow-up is proposed on the channel that the customer prefers."""

    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if "preferred_channel" in vals:
            self._name_follow_up_channel()
        return result

    def _sync_follow_up_activity(self):
        result = super()._sync_follow_up_activity()
        self._name_follow_up_channel()
        return result

    def _name_follow_up_channel(self):
        """The planned activity says by which channel: in the consultant's language."""
        leads = self.sudo().filtered(
            lambda lead: lead.preferred_channel and lead.next_contact_date
        )
        if not leads:
            return
        planned = leads.activity_search([FOLLOW_UP]).grouped("res_id")
        for (channel, lang), group in leads.grouped(
            lambda lead: (lead.preferred_channel, lead.user_id.lang)
        ).items():
            texts = self.with_context(lang=lang or self.env.lang)
            selection = self._fields["preferred_channel"]._description_selection(
                texts.env
            )
            summary = texts.env._(
                "Next contact: %(channel)s", channel=dict(selection)[channel]
            )
            activities = self.env["mail.activity"].union(
                *(planned[lead.id] for lead in group if lead.id in planned)
            )
            activities.sudo().filtered(lambda a, text=summary: a.summary != text).write(
                {"summary": summary}
            )

    def action_log_contact(self):
        """The dialog opens with the preferred channel chosen."""
        action = super().action_log_contact()
        channel = CONTACT_CHANNELS.get(self.sudo().preferred_channel)
        if channel:
            action["context"]["default_channel"] = channel
        return action
