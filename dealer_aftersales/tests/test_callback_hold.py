# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackHold(AftersalesCase):
    """Who complains is neither greeted nor reminded until it is settled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"file_state": "filed"})
        cls.reminder = cls.make_policy(name="Reminder", purpose="reminder")

    def complain(self, **values):
        return self.env["dealer.complaint"].create(
            {
                "partner_id": self.customer.id,
                "content": "Noise",
                "company_id": self.branch.id,
                **values,
            }
        )

    def make_due(self, policy=None):
        self.make_repair("2026-03-07 04:00:00")
        return self.run_policy(policy or self.reminder)

    def due(self):
        calls = self.env["dealer.callback"].with_user(self.care)
        return calls.search(calls._get_my_list_domain())

    def test_no_reminder_is_made_while_a_complaint_is_open(self):
        complaint = self.complain()
        self.assertFalse(self.make_due())
        self.assertTrue(self.run_policy(), "the after-service call is a duty")
        complaint.sudo().state = "closed"
        self.assertTrue(self.run_policy(self.reminder))

    def test_a_planned_reminder_is_held_and_released(self):
        call = self.make_due()
        self.assertIn(call, self.due())
        self.assertFalse(call.hold_reason)
        complaint = self.complain()
        self.env.invalidate_all()
        self.assertTrue(call.is_held)
        self.assertFalse(call.is_due)
        self.assertIn(complaint.name, call.with_user(self.care).hold_reason)
        self.assertNotIn(call, self.due())
        self.assertIn(
            call, self.env["dealer.callback"].search([("is_held", "=", True)])
        )
        complaint.sudo().state = "withdrawn"
        self.env.invalidate_all()
        self.assertFalse(call.is_held)
        self.assertIn(call, self.due())

    def test_the_after_service_call_is_never_held(self):
        call = self.make_due(self.policy)
        self.complain()
        self.env.invalidate_all()
        self.assertFalse(call.is_held or call.hold_reason)
        self.assertIn(call, self.due())

    def test_the_budget_is_told_but_holds_nothing(self):
        call = self.make_due()
        self.branch.write({"touch_budget_count": 1, "touch_budget_days": 30})
        self.env["dealer.contact"].create(
            {
                "partner_id": self.customer.id,
                "channel": "sms",
                "direction": "out",
                "purpose": "care",
            }
        )
        self.env.invalidate_all()
        self.assertTrue(call.hold_reason)
        self.assertFalse(call.is_held)

    def test_an_answer_for_one_car_cancels_its_calls_only(self):
        other = self.make_car(owner_id=self.customer.id)
        self.make_repair("2026-03-07 04:00:00", vehicle_id=other.id)
        calls = self.make_due()
        self.assertEqual(calls.vehicle_id, self.car | other)
        self.customer._note_consent(
            ["call"], ["care"], "withdrawn", "call", vehicle=other
        )
        states = {call.vehicle_id: call.state for call in calls}
        self.assertEqual(states, {self.car: "planned", other: "cancelled"})
        self.assertTrue(self.customer._may_contact("call", "care"))
        told = self.customer._explain_contact("call", "care", other.id)
        self.assertIn("this car", told[self.customer.id][1])
        self.customer._note_consent(["call"], ["care"], "given", "call", vehicle=other)
        self.assertTrue(
            self.customer._explain_contact("call", "care", other.id)[self.customer.id][
                0
            ]
        )

    def test_a_list_of_many_costs_the_queries_of_few(self):
        def count(calls):
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            calls.mapped("hold_reason")
            calls.mapped("is_held")
            return self.cr.sql_log_count - start

        self.make_repairs(20, "2026-03-07 04:00:00")
        calls = self.run_policy(self.reminder)
        self.assertEqual(len(calls), 20)
        count(calls[:2])
        self.assertLessEqual(count(calls), count(calls[:2]) + 1)
