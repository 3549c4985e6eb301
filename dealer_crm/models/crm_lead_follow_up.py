# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

FOLLOW_UP = "dealer_crm.mail_activity_type_follow_up"


class CrmLead(models.Model):
    """Planned contacts are activities; done ones are in the contact ledger."""

    _inherit = "crm.lead"

    next_contact_date = fields.Date(
        "Next Contact", index="btree_not_null", copy=False, tracking=True
    )
    last_contact_date = fields.Datetime("Last Contact", readonly=True, copy=False)
    is_contact_overdue = fields.Boolean(compute="_compute_is_contact_overdue")

    @api.depends("next_contact_date")
    def _compute_is_contact_overdue(self):
        today = fields.Date.context_today(self)
        for lead in self:
            day = lead.next_contact_date
            lead.is_contact_overdue = bool(day and day < today)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.filtered("next_contact_date")._sync_follow_up_activity()
        return leads

    def write(self, vals):
        closed = self.filtered(lambda x: x.won_status != "pending")
        result = super().write(vals)
        if "next_contact_date" in vals or "user_id" in vals:
            self._sync_follow_up_activity()
        self._end_follow_up()
        if "next_contact_date" not in vals:
            waiting = self if vals.get("user_id") else closed
            waiting._plan_first_contact()
        return result

    def _end_follow_up(self):
        """A won or lost lead waits for no contact."""
        closed = self.filtered(
            lambda x: x.next_contact_date and x.won_status != "pending"
        )
        if closed:
            closed.next_contact_date = False

    def _get_proposed_contact_date(self, outcome="reached", grade=None):
        """The next day to talk: by the grade's interval, one day if not reached.

        :return: date, or False where the lead is closed
        """
        self.ensure_one()
        if self.won_status != "pending":
            return False
        company = self.company_id or self.env.company
        days = self._get_contact_interval(outcome, grade or self.grade_id)
        return company._get_dealer_today() + timedelta(days=days)

    def _get_contact_interval(self, outcome, grade):
        """Days until the next contact, at least one: hook.

        :param outcome: of the contact just made
        :param grade: dealer.grade, may be empty
        """
        self.ensure_one()
        if outcome in ("not_reached", "call_later"):
            return 1
        return grade.contact_interval if grade else 1

    def _plan_first_contact(self):
        """A lead in hand that waits for nobody: new, newly assigned or reopened.

        Without a grade it is completed within a day (domain.md 7).
        """
        self.filtered(
            lambda x: x.user_id
            and not x.next_contact_date
            and x.won_status == "pending"
            and x._is_planned_by_grade()
        )._plan_next_contact()

    def _is_planned_by_grade(self):
        """Leads of CRM users without a role in the dealership are not planned."""
        self.ensure_one()
        user = self.user_id.sudo()
        return not user or user.has_group("dealer_crm.group_dealer_user")

    def _plan_next_contact(self):
        """The day that the grade proposes; one write per day, not per lead."""
        for day, leads in self.grouped(
            lambda x: x._get_proposed_contact_date()
        ).items():
            changed = leads.filtered(lambda x, day=day: x.next_contact_date != day)
            if day and changed:
                changed.write({"next_contact_date": day})

    def _close_follow_up(self, contact):
        """A logged contact ends the planned one and plans the next."""
        self.ensure_one()
        self.sudo().with_context(dealer_contact_logged=True).activity_feedback(
            [FOLLOW_UP], feedback=contact.content
        )
        self.write(self._prepare_contact_result(contact))

    def _prepare_contact_result(self, contact):
        """What a logged contact changes on its lead: hook."""
        self.ensure_one()
        return {
            "last_contact_date": contact.date,
            "next_contact_date": contact.next_contact_date,
        }

    def _sync_follow_up_activity(self):
        """One open follow-up activity per lead, on the planned day.

        Core tells a consultant of each lead he gets; he gets no second mail for the
        activity.
        """
        quiet = self.with_context(mail_activity_quick_update=True)
        waiting = quiet.filtered(lambda x: x.next_contact_date and x.user_id)
        if idle := quiet - waiting:
            idle.activity_unlink([FOLLOW_UP])
        planned = waiting.activity_search([FOLLOW_UP]).grouped("res_id")
        plans = waiting.grouped(lambda x: (x.next_contact_date, x.user_id))
        for (day, user), leads in plans.items():
            vals = {"date_deadline": day, "user_id": user.id}
            leads._move_follow_ups(planned, vals)
            new = leads.filtered(lambda x: x.id not in planned)
            if new:
                new.activity_schedule(FOLLOW_UP, **vals)

    def _move_follow_ups(self, planned, vals):
        """Write ``vals`` to those of the leads' open activities that differ."""
        activities = self.env["mail.activity"].union(
            *(planned[lead.id] for lead in self if lead.id in planned)
        )
        activities.filtered(
            lambda a: a.date_deadline != vals["date_deadline"]
            or a.user_id.id != vals["user_id"]
        ).write(vals)

    def action_log_contact(self):
        """The one dialog to log a contact, filled from this lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_contact_action_log"
        )
        action["context"] = {
            "default_lead_id": self.id,
            "default_partner_id": self.partner_id.id,
            # What was planned is proposed; without a plan the purpose is chosen.
            "default_purpose": self.sudo().next_contact_purpose or False,
            # The outcome is always said by a person, never left at a default.
            "default_outcome": False,
        }
        return action
