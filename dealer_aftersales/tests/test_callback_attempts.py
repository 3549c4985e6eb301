# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackAttempts(AftersalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def test_not_reached_counts_and_stays_open_until_the_last(self):
        for count in (1, 2):
            self.callback.action_not_reached()
            self.assertEqual(self.callback.attempt_count, count)
            self.assertEqual(self.callback.state, "planned")
        self.callback.action_not_reached()
        self.assertEqual(self.callback.attempt_count, 3)
        self.assertEqual(self.callback.state, "planned", "all on one day")
        for day, state in (("2026-03-11", "planned"), ("2026-03-12", "not_reached")):
            with freeze_time(f"{day} 04:00:00"):
                self.callback.action_not_reached()
            self.assertEqual(self.callback.state, state)

    def test_a_policy_may_count_calls_instead_of_days(self):
        self.policy.count_days = False
        for state in ("planned", "planned", "not_reached"):
            self.callback.action_not_reached()
            self.assertEqual(self.callback.state, state)

    def test_call_later_stays_open(self):
        self.callback.action_call_later()
        self.assertEqual(self.callback.state, "planned")

    def test_wrong_number_and_refusal_close_at_once(self):
        self.callback.action_wrong_number()
        self.assertEqual(self.callback.state, "not_reached")
        second = self.make_callback("2026-03-06 04:00:00").with_user(self.care)
        second.action_refused()
        self.assertEqual(second.state, "not_reached")

    def test_reached_with_answers_is_successful(self):
        self.callback.save_answers({self.overall.id: 5})
        self.callback.action_save_answers()
        self.assertEqual(self.callback.state, "reached")
        self.assertTrue(self.callback.is_successful)

    def test_reached_without_answers_is_carried_out_only(self):
        self.callback.action_save_answers()
        self.assertEqual(self.callback.state, "reached")
        self.assertEqual(self.callback.attempt_count, 1)
        self.assertFalse(self.callback.is_successful)

    def test_saving_a_reached_call_again_logs_no_second_call(self):
        self.callback.action_save_answers()
        self.callback.action_save_and_next()
        self.assertEqual(len(self.callback.contact_ids), 1)

    def test_closed_callback_refuses_a_call_until_reopened(self):
        self.callback.action_save_answers()
        with self.assertRaisesRegex(UserError, "Reopen"):
            self.callback.action_not_reached()
        self.callback.action_reopen()
        self.assertEqual(self.callback.state, "planned")
        self.assertFalse(self.callback.date_done)
        self.callback.action_not_reached()
        self.assertEqual(self.callback.attempt_count, 2)

    def test_cancelled_callback_refuses_a_call(self):
        self.callback.action_cancel()
        with self.assertRaises(UserError):
            self.callback.action_save_answers()

    def test_call_after_the_window_is_a_try(self):
        with freeze_time("2026-03-14 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
            self.callback.action_not_reached()
        self.assertEqual(self.callback.state, "not_reached")

    def test_ledger_line_tells_who_why_and_how(self):
        self.callback.attempt_note = "Busy until five"
        self.callback.action_call_later()
        line = self.callback.contact_ids
        self.assertRecordValues(
            line,
            [
                {
                    "purpose": "after_service",
                    "channel": "phone",
                    "direction": "out",
                    "outcome": "call_later",
                    "content": "Busy until five",
                    "user_id": self.care.id,
                    "company_id": self.branch.id,
                    "partner_id": self.customer.id,
                    "vehicle_id": self.car.id,
                }
            ],
        )

    def test_note_goes_into_one_attempt_only(self):
        self.callback.attempt_note = "Busy until five"
        self.callback.action_call_later()
        self.callback.action_not_reached()
        self.assertEqual(
            self.callback.contact_ids.sorted("id").mapped("content"),
            ["Busy until five", False],
        )

    def test_first_caller_takes_a_call_of_nobody(self):
        self.assertFalse(self.callback.user_id)
        self.callback.action_not_reached()
        self.assertEqual(self.callback.user_id, self.care)
        self.assertTrue(self.callback.date_first_attempt)

    def test_advisor_cannot_log_a_call(self):
        repair = self.callback.repair_id.sudo()
        repair.advisor_id = self.advisor
        with self.assertRaises(AccessError):
            self.callback.with_user(self.advisor).action_not_reached()

    def test_next_call_is_the_one_whose_window_ends_first(self):
        earlier = self.make_callback("2026-03-06 04:00:00")
        action = self.callback.action_next()
        self.assertEqual(action["params"]["res_id"], earlier.id)

    def test_next_call_passes_those_of_others_and_of_tomorrow(self):
        others = self.make_callback("2026-03-05 04:00:00")
        others.user_id = self.care_two
        self.make_callback("2026-03-08 04:00:00")
        action = self.callback.action_next()
        self.assertFalse(action["params"]["res_id"])

    def test_next_call_does_not_come_back_to_one_tried_today(self):
        tried = self.make_callback("2026-03-06 04:00:00").with_user(self.care)
        action = tried.action_not_reached()
        self.assertEqual(action["params"]["res_id"], self.callback.id)
        action = self.callback.action_not_reached()
        self.assertFalse(action["params"]["res_id"])
        with freeze_time("2026-03-11 04:00:00"):
            self.assertEqual(self.callback.action_next()["params"]["res_id"], tried.id)

    def test_progress_of_today_counts_tries_and_reached(self):
        second = self.make_callback("2026-03-06 04:00:00").with_user(self.care)
        self.make_callback("2026-03-05 04:00:00")
        self.callback.action_save_answers()
        second.action_not_reached()
        self.env.invalidate_all()
        self.assertRecordValues(
            self.callback,
            [{"today_total": 3, "today_done": 2, "today_reached": 1}],
        )
