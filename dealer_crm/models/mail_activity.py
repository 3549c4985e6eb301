# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import UserError


class MailActivity(models.Model):
    """The follow-up activity of a lead and its next contact date are one plan."""

    _inherit = "mail.activity"

    def write(self, vals):
        """Rescheduled in the chatter or calendar: the lead's date moves along."""
        if "active" in vals and not vals["active"]:
            self._check_plan_kept()
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

    def unlink(self):
        self._check_plan_kept()
        return super().unlink()

    def _check_plan_kept(self):
        """:raises UserError: somebody takes away the only plan of an open lead"""
        if self.env.su:
            return
        planned = self._get_dealer_follow_ups().filtered(
            lambda activity: activity.active and activity.automated
        )
        leads = self.env["crm.lead"].sudo().browse(planned.mapped("res_id")).exists()
        for lead in leads:
            if lead.next_contact_date and lead._is_plan_needed():
                raise UserError(
                    self.env._(
                        "%(lead)s: an open lead always has a next contact. Log the "
                        "contact, or move the follow-up to another day.",
                        lead=lead.display_name,
                    )
                )

    def _action_done(self, feedback=False, attachment_ids=None):
        """Marked as done: the contact goes to the ledger, which plans the next."""
        follow_ups = self._get_dealer_follow_ups().filtered("active")
        if not follow_ups:
            return super()._action_done(
                feedback=feedback, attachment_ids=attachment_ids
            )
        # Whoever may do the activity logs it, as core lets him.
        follow_ups.check_access("write")
        leads = self.env["crm.lead"].sudo().browse(follow_ups.mapped("res_id"))
        leads = leads.exists()
        leads._check_feedback(feedback)
        others, more = super(MailActivity, self - follow_ups)._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )
        messages, following = super(MailActivity, follow_ups.sudo())._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )
        leads._log_done_follow_up(feedback)
        return messages.sudo(False) + others, following.sudo(False) + more

    def _to_store_defaults(self, target):
        """The chatter opens the dialog for those that plan a contact."""
        return [
            *super()._to_store_defaults(target),
            Store.Attr(
                "is_dealer_follow_up",
                lambda activity: activity._is_logged_by_dialog(),
            ),
        ]

    def _is_logged_by_dialog(self):
        self.ensure_one()
        return bool(
            self._get_dealer_follow_ups()
            and self.env.user.has_group("dealer_crm.group_sales_consultant")
        )

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
