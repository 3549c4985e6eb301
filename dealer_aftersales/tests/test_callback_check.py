# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

DAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackCheck(AftersalesCase):
    """Conspicuous calls: copied, all top, too fast; a manager decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.write(
            {"check_copied_calls": 3, "check_top_calls": 4, "check_fast_calls": 5}
        )
        cls.checks = cls.env["dealer.callback.check"]
        cls.minute = 0

    def make_calls(self, scores, remark=None, step=5, user=None):
        """Reached calls one after another, ``step`` minutes apart."""
        user = user or self.care
        self.make_repairs(len(scores), "2026-03-07 04:00:00")
        calls = self.run_policy().sorted("id")
        for callback, score in zip(calls, scores, strict=True):
            moment = fields.Datetime.from_string(NOW) + timedelta(minutes=self.minute)
            type(self).minute += step
            with freeze_time(moment):
                own = callback.with_user(user)
                own.remark = remark
                own.save_answers({self.overall.id: score, self.advisor_question.id: 3})
                own.action_save_answers()
        return calls.with_user(user)

    def check(self, kind=None):
        self.checks._check_day(self.branch, DAY)
        domain = [("company_id", "=", self.branch.id)]
        found = self.checks.search(domain)
        return found.filtered(lambda c: c.kind == kind) if kind else found

    def test_same_answers_in_a_row(self):
        calls = self.make_calls([4, 4, 4])
        found = self.check()
        self.assertRecordValues(
            found,
            [
                {
                    "kind": "copied",
                    "user_id": self.care.id,
                    "callback_count": 3,
                    "state": "open",
                    "date": DAY,
                }
            ],
        )
        self.assertEqual(found.callback_ids, calls.sudo())

    def test_row_is_broken_by_another_answer(self):
        self.make_calls([4, 4, 2, 4, 4])
        self.assertFalse(self.check())

    def test_two_callers_are_not_one_row(self):
        self.make_calls([4, 4])
        self.make_calls([4, 4], user=self.care_two)
        self.assertFalse(self.check())

    def test_copied_remark_with_other_answers(self):
        self.make_calls([4, 3, 2], remark="All fine ")
        found = self.check("copied")
        self.assertEqual(found.callback_count, 3)
        self.assertEqual(found.sample, "allfine")

    def test_all_top_scores(self):
        self.advisor_question.scale_max = 3
        calls = self.make_calls([5, 5, 5, 5])
        found = self.check()
        self.assertEqual(found.mapped("kind"), ["top"])
        self.assertEqual(found.callback_ids, calls.sudo())

    def test_many_calls_within_a_minute(self):
        calls = self.make_calls([5, 4, 5, 4, 5], step=0)
        slow = self.make_calls([4], step=30)
        found = self.check("fast")
        self.assertEqual(found.callback_count, 6)
        self.assertEqual(found.callback_ids, (calls | slow).sudo())

    def test_four_within_a_minute_and_one_later_are_in_order(self):
        self.make_calls([5, 4, 5, 4], step=0)
        type(self).minute += 3
        self.make_calls([5])
        self.assertFalse(self.check("fast"))

    def test_zero_switches_a_check_off(self):
        self.branch.check_copied_calls = 0
        self.make_calls([4, 4, 4])
        self.assertFalse(self.check())

    def test_answers_of_customers_themselves_are_nobodys(self):
        calls = self.make_calls([4, 4, 4])
        calls.sudo().write({"answer_channel": "link"})
        self.assertFalse(self.check())

    def test_second_look_makes_no_double_and_adds_what_came_since(self):
        self.make_calls([4, 4, 4])
        found = self.check()
        self.assertEqual(self.check(), found)
        self.make_calls([4])
        self.assertEqual(self.check().callback_count, 4)

    def test_decision_stays(self):
        self.make_calls([4, 4, 4])
        found = self.check().with_user(self.service_manager)
        found.action_ok()
        self.make_calls([4])
        self.assertEqual(self.check().callback_count, 3)
        self.assertRecordValues(
            found, [{"state": "ok", "decided_by_id": self.service_manager.id}]
        )

    def test_invalid_calls_are_made_anew(self):
        calls = self.make_calls([4, 4, 4])
        found = self.check().with_user(self.service_manager)
        found.action_invalid()
        self.assertEqual(found.state, "invalid")
        self.assertRecordValues(
            calls.sudo(),
            [
                {
                    "state": "planned",
                    "is_answered": False,
                    "is_successful": False,
                    "user_id": False,
                    "attempt_count": 1,
                }
            ]
            * 3,
        )
        self.assertEqual(len(calls.contact_ids), 3)
        self.assertGreaterEqual(min(calls.mapped("date_window_end")), DAY)
        with self.assertRaises(UserError):
            found.action_ok()

    def test_managers_decide_by_the_buttons_and_nobody_on_himself(self):
        self.make_calls([4, 4, 4], user=self.service_manager)
        found = self.check()
        with self.assertRaisesRegex(UserError, "your own"):
            found.with_user(self.service_manager).action_ok()
        with self.assertRaises(AccessError):
            found.with_user(self.service_manager).write({"state": "ok"})
        with self.assertRaises(AccessError):
            self.call(self.care, "dealer.callback.check", "action_ok", found.ids)
        with self.assertRaises(AccessError):
            self.call(self.care, "dealer.callback.check", "search_read", [])
        found.with_user(self.service_manager).note = "Looked through"

    def test_job_looks_at_yesterday_and_today(self):
        self.make_calls([4, 4, 4])
        cron = self.env.ref("dealer_aftersales.ir_cron_check_calls")
        with freeze_time("2026-03-11 04:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        found = self.checks.search([("company_id", "=", self.branch.id)])
        self.assertEqual(found.date, DAY)

    def test_other_branch_sees_nothing(self):
        self.make_calls([4, 4, 4])
        self.check()
        manager = self.make_user(
            "svc_north", "dealer_aftersales.group_service_manager", self.other_branch
        )
        self.assertFalse(self.checks.with_user(manager).search([]))
