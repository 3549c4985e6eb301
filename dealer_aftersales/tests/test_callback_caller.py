# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackCaller(AftersalesCase):
    """CB-02: who calls whom, how much everybody has, and giving calls to others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.user_ids = cls.care | cls.care_two
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def test_who_called_last_calls_again(self):
        self.callback.with_user(self.care_two).action_not_reached()
        for hour in range(4):
            again = self.make_callback(f"2026-03-07 0{hour}:30:00")
            self.assertEqual(again.user_id, self.care_two)

    def test_policy_may_let_them_take_turns(self):
        self.policy.keep_caller = False
        self.callback.with_user(self.care_two).action_not_reached()
        callers = {self.make_callback("2026-03-07 05:00:00").user_id for _i in range(4)}
        self.assertEqual(callers, {self.care, self.care_two})

    def test_who_left_is_passed_by(self):
        self.callback.with_user(self.care_two).action_not_reached()
        self.care_two.active = False
        again = self.make_callback("2026-03-07 05:00:00")
        self.assertEqual(again.user_id, self.care)

    def test_who_works_at_another_branch_now_is_passed_by(self):
        self.callback.with_user(self.care_two).action_not_reached()
        self.care_two.write(
            {
                "company_id": self.other_branch.id,
                "company_ids": [Command.set(self.other_branch.ids)],
            }
        )
        again = self.make_callback("2026-03-07 05:00:00")
        self.assertEqual(again.user_id, self.care)

    def assign(self, callbacks, users, user=None):
        wizards = self.env["dealer.callback.assign"].with_user(user or self.care)
        wizard = wizards.with_context(active_ids=callbacks.ids).create(
            {"user_ids": [Command.set(users.ids)]}
        )
        return wizard.action_assign()

    def test_open_calls_are_dealt_out_in_turn(self):
        closed = self.make_callback("2026-03-06 04:00:00").with_user(self.care)
        closed.action_save_answers()
        calls = closed | self.callback
        calls |= self.make_callback("2026-03-07 05:00:00").with_user(self.care)
        self.assign(calls, self.care | self.care_two)
        open_ones = calls - closed
        self.assertEqual(open_ones.user_id, self.care | self.care_two)
        self.assertEqual(closed.done_user_id, self.care)

    def test_calls_may_become_nobodys(self):
        self.assign(self.callback, self.env["res.users"])
        self.assertFalse(self.callback.user_id)

    def test_only_callers_of_the_branch_get_calls(self):
        with self.assertRaisesRegex(AccessError, "do not call"):
            self.assign(self.callback, self.care_north)
        with self.assertRaisesRegex(AccessError, "do not call"):
            self.assign(self.callback, self.advisor)

    def test_advisor_assigns_nothing(self):
        with self.assertRaises(AccessError):
            self.assign(self.callback, self.care, self.advisor)

    def test_closed_calls_are_not_assigned(self):
        self.callback.action_save_answers()
        with self.assertRaises(UserError):
            self.assign(self.callback, self.care_two)

    def load(self, user=None):
        rows = self.env["dealer.caller.load"].with_user(user or self.service_manager)
        rows = rows.with_context(allowed_company_ids=self.branch.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        return {row.user_id: row for row in rows.search([])}

    def test_workload_counts_what_waits_and_what_was_done(self):
        before = self.load()
        mine = before.get(self.care)
        open_before = mine.open_today if mine else 0
        calls = self.env["dealer.callback"]
        for hour in range(3):
            calls |= self.make_callback(f"2026-03-07 0{hour}:00:00")
        calls |= self.make_callback("2026-03-02 04:00:00")
        calls.write({"user_id": self.care.id})
        calls[0].with_user(self.care).action_save_answers()
        calls[1].with_user(self.care).action_call_later("2026-03-12 02:00:00")
        row = self.load()[self.care]
        self.assertEqual(row.open_today - open_before, 2)
        self.assertEqual(row.late, 1)
        self.assertEqual((row.done_today, row.reached_today), (1, 1))
        self.assertEqual((row.done_month, row.reached_month), (1, 1))
        action = row.action_view_late()
        found = calls.search(action["domain"])
        self.assertEqual(found, calls[3])

    def test_workload_is_the_managers_and_of_the_branch(self):
        with self.assertRaises(AccessError):
            self.load(self.care)
        rows = self.load()
        self.assertEqual({row.company_id for row in rows.values()}, {self.branch})

    def test_channel_and_caller_are_kept_for_the_figures(self):
        self.callback.attempt_channel = "sms"
        self.callback.save_answers({self.overall.id: 5})
        self.callback.action_save_answers()
        self.assertRecordValues(
            self.callback,
            [
                {
                    "answer_channel": "sms",
                    "done_user_id": self.care.id,
                    "attempt_channel": False,
                    "is_successful": True,
                }
            ],
        )
        self.assertEqual(self.callback.contact_ids.channel, "sms")
        groups = self.env["dealer.callback"].formatted_read_group(
            [("id", "=", self.callback.id)], ["answer_channel"], ["__count"]
        )
        self.assertEqual(groups[0]["answer_channel"], "sms")

    def test_story_names_what_is_open_and_escapes_it(self):
        self.env["dealer.declined.work"].create(
            {"name": "Brakes <b>now</b>", "vehicle_id": self.car.id}
        )
        self.callback.action_log_attempt("not_reached", "<script>x</script>")
        self.env.invalidate_all()
        self.assertIn("Brakes &lt;b&gt;now&lt;/b&gt;", self.callback.open_points)
        self.assertNotIn("<script>", self.callback.history)
