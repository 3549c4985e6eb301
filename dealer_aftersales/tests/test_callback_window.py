# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackWindow(AftersalesCase):
    """What becomes of callbacks when time passes or a delivery is taken back."""

    def test_untried_callback_expires_after_its_window(self):
        callback = self.make_callback()
        with freeze_time("2026-03-14 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
        self.assertEqual(callback.state, "expired")

    def test_tried_callback_was_not_reached(self):
        callback = self.make_callback()
        callback.action_log_attempt("not_reached")
        with freeze_time("2026-03-14 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
        self.assertEqual(callback.state, "not_reached")

    def test_last_day_of_the_window_is_still_open(self):
        callback = self.make_callback()
        with freeze_time("2026-03-13 15:59:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
        self.assertEqual(callback.state, "planned")
        with freeze_time("2026-03-13 16:01:00"):
            # The 14th has begun in Shanghai.
            self.env["dealer.callback"]._close_finished(self.branch)
        self.assertEqual(callback.state, "expired")

    def test_other_branch_keeps_its_callbacks(self):
        callback = self.make_callback()
        with freeze_time("2026-03-14 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.other_branch)
        self.assertEqual(callback.state, "planned")

    def test_late_is_what_is_open_after_the_window(self):
        callback = self.make_callback()
        with freeze_time("2026-03-15 04:00:00"):
            self.env.invalidate_all()
            self.assertTrue(callback.is_late)
            late = self.env["dealer.callback"].search([("is_late", "=", True)])
            self.assertIn(callback, late)
            self.assertNotIn(
                callback, self.env["dealer.callback"].search([("is_late", "=", False)])
            )
        self.assertFalse(
            self.env["dealer.callback"].search(
                [("is_late", "=", True), ("id", "=", callback.id)]
            )
        )

    def test_undone_delivery_cancels_the_untouched_callback(self):
        callback = self.make_callback()
        callback.repair_id.action_undo_delivery()
        self.assertEqual(callback.state, "cancelled")
        self.assertFalse(callback.repair_id.date_delivered)

    def test_undone_delivery_keeps_what_was_called(self):
        callback = self.make_callback()
        callback.action_log_attempt("reached")
        callback.repair_id.action_undo_delivery()
        self.assertEqual(callback.state, "reached")

    def test_delivered_again_is_called_again(self):
        callback = self.make_callback()
        repair = callback.repair_id
        repair.action_undo_delivery()
        repair.action_deliver()
        again = self.run_policy()
        self.assertEqual(again.repair_id, repair)
        self.assertEqual(str(again.date_due), "2026-03-13")

    def test_callback_with_attempts_cannot_be_cancelled(self):
        callback = self.make_callback()
        callback.action_log_attempt("not_reached")
        with self.assertRaises(UserError):
            callback.action_cancel()

    def test_cancelled_callback_is_not_made_again(self):
        callback = self.make_callback()
        callback.action_cancel()
        self.assertEqual(callback.state, "cancelled")
        self.assertFalse(self.run_policy())

    def test_the_day_of_the_branch_decides_what_is_due(self):
        """00:30 on 11 March in Shanghai is still the 10th in UTC."""
        callback = self.make_callback("2026-03-08 04:00:00")
        self.assertEqual(str(callback.date_due), "2026-03-11")
        self.care.tz = "UTC"
        mine = self.env["dealer.callback"].with_user(self.care)
        with freeze_time("2026-03-10 15:30:00"):
            self.assertFalse(mine.search(mine._get_my_list_domain()))
        with freeze_time("2026-03-10 16:30:00"):
            callback.invalidate_recordset()
            self.assertEqual(mine.search(mine._get_my_list_domain()), callback)
            self.assertTrue(callback.is_due)

    def test_reopened_call_with_answers_stays_reached_at_night(self):
        callback = self.make_callback().with_user(self.care)
        callback.save_answers({self.overall.id: 5})
        callback.action_save_answers()
        with freeze_time("2026-03-14 04:00:00"):
            callback.action_reopen()
            self.assertFalse(callback.is_successful)
            self.env["dealer.callback"]._close_finished(self.branch)
        self.assertEqual(callback.state, "reached")
        self.assertTrue(callback.is_successful and callback.date_done)

    def test_answers_without_a_logged_call_are_no_call(self):
        callback = self.make_callback()
        callback.save_answers({self.overall.id: 5})
        with freeze_time("2026-03-14 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
        self.assertEqual(callback.state, "expired")
        self.assertFalse(callback.is_successful)

    def test_expired_callback_is_not_cancelled(self):
        callback = self.make_callback().with_user(self.care)
        with freeze_time("2026-03-14 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
            with self.assertRaisesRegex(UserError, "Only a planned"):
                callback.action_cancel()

    def test_delivery_taken_back_by_the_field_cancels_too(self):
        callback = self.make_callback()
        callback.repair_id.with_user(self.advisor).write({"date_delivered": False})
        self.assertEqual(callback.state, "cancelled")
