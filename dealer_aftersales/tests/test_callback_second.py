# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackSecond(AftersalesCase):
    """A share of the calls is made again by somebody else; both scores compared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({"user_ids": [(6, 0, cls.care.ids)], "keep_caller": False})
        cls.second_policy = cls.env.ref("dealer_aftersales.policy_second_call")
        cls.second_policy.write({"active": True, "date_start": "2026-01-01"})
        cls.branch.second_call_share = 5

    def make_reached(self, count, score=5):
        self.make_repairs(count, "2026-03-07 04:00:00")
        calls = self.run_policy().with_user(self.care)
        for callback in calls:
            callback.save_answers({self.overall.id: score})
            callback.action_save_answers()
        return calls

    def draw(self):
        callbacks = self.env["dealer.callback"]
        return callbacks._draw_second_calls(self.branch)

    def test_five_percent_of_each_caller_are_drawn_once(self):
        calls = self.make_reached(30)
        drawn = self.draw()
        self.assertEqual(len(drawn), 2)
        self.assertLessEqual(drawn, calls)
        self.assertFalse(self.draw())

    def test_one_of_few_is_drawn_and_more_follow_with_more_calls(self):
        self.make_reached(3)
        self.assertEqual(len(self.draw()), 1)
        self.make_reached(17)
        self.assertFalse(self.draw())
        self.make_reached(5)
        self.assertEqual(len(self.draw()), 1)

    def test_share_zero_draws_nothing(self):
        self.branch.second_call_share = 0
        self.make_reached(3)
        self.assertFalse(self.draw())

    def test_what_the_customer_answered_by_himself_is_not_drawn(self):
        calls = self.make_reached(2)
        calls.sudo().write({"answer_channel": "link"})
        self.assertFalse(self.draw())

    def make_second(self, score=5):
        self.make_reached(1, score)
        [first] = self.draw()
        second = self.run_policy(self.second_policy)
        self.assertEqual(second.source_id, first.id)
        return first, second

    def test_somebody_else_calls_again_about_the_same_order(self):
        first, second = self.make_second()
        self.assertRecordValues(
            second,
            [
                {
                    "user_id": self.care_two.id,
                    "first_callback_id": first.id,
                    "first_user_id": self.care.id,
                    "repair_id": first.repair_id.id,
                    "purpose": "second",
                }
            ],
        )

    def test_where_nobody_else_calls_the_service_manager_does(self):
        self.care_two.active = False
        _first, second = self.make_second()
        manager = self.branch._get_service_manager()
        self.assertTrue(manager)
        self.assertEqual(second.user_id, manager)

    def test_first_caller_neither_gets_nor_makes_the_second_call(self):
        _first, second = self.make_second()
        with self.assertRaisesRegex(ValidationError, "first call"):
            second.with_user(self.care).user_id = self.care
        with self.assertRaisesRegex(UserError, "first call"):
            second.with_user(self.care).action_save_answers()
        with self.assertRaisesRegex(UserError, "first call"):
            second.with_user(self.care).action_not_reached()

    def test_handover_to_the_first_caller_leaves_it_to_nobody(self):
        _first, second = self.make_second()
        second.sudo().write({"user_id": self.care.id})
        self.assertFalse(second.user_id)

    def test_scores_are_compared(self):
        first, second = self.make_second()
        second = second.with_user(self.care_two)
        second.save_answers({self.overall.id: 2})
        second.action_save_answers()
        self.assertRecordValues(
            second, [{"first_score": 5, "score": 2, "score_difference": -3}]
        )
        self.assertTrue(second.is_score_different)
        found = second.search([("first_callback_id", "!=", False)])
        self.assertIn(second, found)
        self.assertNotIn(first, found)
        self.assertEqual(second.search([("first_callback_id", "=", first.id)]), second)

    def test_second_calls_are_not_drawn_again(self):
        _first, second = self.make_second()
        second = second.with_user(self.care_two)
        second.save_answers({self.overall.id: 4})
        second.action_save_answers()
        self.assertFalse(self.draw())

    def test_job_draws_in_each_branch(self):
        self.make_reached(2)
        cron = self.env.ref("dealer_aftersales.ir_cron_draw_second_calls")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        calls = self.env["dealer.callback"]
        self.assertEqual(
            calls.search_count(
                [("is_drawn", "=", True), ("company_id", "=", self.branch.id)]
            ),
            1,
        )
