# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

OVERDUE = "dealer_crm.mail_activity_type_promise_overdue"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPromiseEscalation(DealerCrmCase):
    """A promise that was not kept in time goes to the manager, once."""

    def promise(self, lead, due, user=None):
        promises = self.env["dealer.promise"].with_user(user or self.consultant)
        return promises.create(
            {"name": "Send the price", "lead_id": lead.id, "date_due": due}
        )

    def escalate(self):
        return self.env["dealer.promise"]._escalate_overdue(self.branch)

    def told(self, lead):
        return lead.activity_search([OVERDUE])

    def make_team_lead(self):
        team = self.env["crm.team"].create(
            {"name": "Showroom", "user_id": self.manager.id}
        )
        return self.make_lead(team_id=team.id)

    def test_overdue_from_the_day_after_and_only_once(self):
        lead = self.make_team_lead()
        due = self.promise(lead, "2026-03-10")
        late = self.promise(lead, "2026-03-09")
        self.assertEqual(self.escalate(), 1)
        self.assertFalse(due.escalated_on)
        self.assertEqual(late.escalated_on, date(2026, 3, 10))
        activity = self.told(lead)
        self.assertEqual(activity, late.sudo().escalation_id)
        self.assertEqual(
            (activity.user_id, activity.date_deadline),
            (self.manager, date(2026, 3, 10)),
        )
        self.assertIn("Send the price", activity.summary)
        self.assertEqual(self.escalate(), 0)
        self.assertEqual(len(self.told(lead)), 1)

    def test_kept_or_moved_promise_asks_nobody_any_more(self):
        for change in ({"state": "kept"}, {"date_due": "2026-03-12"}):
            lead = self.make_team_lead()
            promise = self.promise(lead, "2026-03-09")
            self.escalate()
            self.assertTrue(self.told(lead))
            promise.with_user(self.consultant).write(change)
            self.assertFalse(self.told(lead))
            self.assertFalse(promise.escalated_on)

    def test_moved_promise_may_be_told_again(self):
        lead = self.make_team_lead()
        promise = self.promise(lead, "2026-03-09")
        self.escalate()
        promise.with_user(self.consultant).date_due = "2026-03-11"
        with freeze_time("2026-03-12 04:00:00"):
            self.assertEqual(self.escalate(), 1)
            self.assertEqual(promise.escalated_on, date(2026, 3, 12))

    def test_manager_is_not_told_of_his_own(self):
        lead = self.make_team_lead()
        promise = self.promise(lead, "2026-03-09", user=self.manager)
        self.escalate()
        self.assertTrue(promise.escalated_on)
        self.assertFalse(self.told(lead))

    def test_without_a_team_a_manager_of_the_branch_is_told(self):
        lead = self.make_lead(team_id=False)
        lead.team_id = False
        self.promise(lead, "2026-03-09")
        self.escalate()
        teller = self.told(lead).user_id
        self.assertTrue(teller.has_group("dealer_crm.group_sales_manager"))
        self.assertIn(self.branch, teller.company_ids)

    def test_mark_is_for_the_system(self):
        promise = self.promise(self.make_lead(), "2026-03-09")
        with self.assert_refused(AccessError, "noted by the system"):
            promise.with_user(self.manager).escalated_on = "2026-03-10"

    def test_what_is_not_due_costs_nothing(self):
        lead = self.make_lead()

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.escalate()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self.promise(lead, "2026-03-10")
        cost()
        few = cost()
        for _index in range(20):
            self.promise(lead, "2026-03-10")
        self.assertEqual(cost(), few)

    def test_fifty_overdue_cost_what_five_do(self):
        lead = self.make_team_lead()

        def cost(number):
            for _index in range(number):
                self.promise(lead, "2026-03-09")
                self.promise(self.make_team_lead(), "2026-03-09")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.escalate(), 2 * number)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(1)
        # new people empty a cache or two of the whole process, whatever their number
        few, many = cost(5), cost(25)
        self.assertLess(many - few, 5, "40 promises more cost no query each")

    def test_promise_to_a_customer_without_lead_is_told_on_his_card(self):
        customer = self.make_customer()
        promise = self.env["dealer.promise"].create(
            {
                "name": "Look for the key",
                "partner_id": customer.id,
                "date_due": "2026-03-09",
                "user_id": self.consultant.id,
            }
        )
        self.escalate()
        activity = customer.activity_search([OVERDUE])
        self.assertEqual(promise.escalation_id, activity)
        self.assertEqual(activity.res_name, customer.display_name)
        promise.state = "kept"
        self.assertFalse(activity.exists())
