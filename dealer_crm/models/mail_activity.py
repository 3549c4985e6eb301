# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class MailActivity(models.Model):
    """The follow-up activity of a lead and its next contact date are one plan."""

    _inherit = "mail.activity"

    def write(self, vals):
        """Rescheduled in the chatter or calendar: the lead's date moves along."""
        result = super().write(vals)
        if vals.get("date_deadline"):
            planned = self._get_dealer_follow_ups().filtered(
                lambda activity: activity.active and activity.automated
            )
            leads = self.env["crm.lead"].sudo().browse(planned.mapped("res_id"))
            days = {activity.res_id: activity.date_deadline for activity in planned}
            for lead in leads.exists():
                day = days[lead.id]
                if lead.next_contact_date and lead.next_contact_date != day:
                    lead.next_contact_date = day
        return result

    def _action_done(self, feedback=False, attachment_ids=None):
        """Marked as done: the contact goes to the ledger, which plans the next."""
        leads = self.env["crm.lead"].browse(
            self._get_dealer_follow_ups().filtered("active").mapped("res_id")
        )
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # Whoever may do the activity logs it, as core lets him.
        self.env["dealer.contact"].sudo().create(
            [
                {
                    "lead_id": lead.id,
                    "user_id": self.env.uid,
                    "outcome": "reached",
                    "content": feedback or False,
                }
                for lead in leads.sudo().exists()
            ]
        )
        return result

    def _get_dealer_follow_ups(self):
        """Those that plan a contact; none while a logged contact closes them."""
        if self.env.su and self.env.context.get("dealer_contact_logged"):
            return self.browse()
        kind = self.env.ref(
            "dealer_crm.mail_activity_type_follow_up", raise_if_not_found=False
        )
        return self.filtered(
            lambda activity: kind
            and activity.activity_type_id == kind
            and activity.res_model == "crm.lead"
        )
