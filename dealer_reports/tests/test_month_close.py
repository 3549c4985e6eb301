# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestMonthClose(ReportsCase):
    def snapshot_lines(self, close):
        return [
            (v.label, v.numerator, v.denominator, v.value_text, v.share_text)
            for v in close.value_ids
        ]

    def make_frozen(self):
        callbacks = self.make_due(4)
        self.answer(callbacks[:2], overall=5)
        close = self.make_close()
        close.action_freeze()
        return close, callbacks

    def test_late_answers_do_not_change_a_frozen_month(self):
        close, callbacks = self.make_frozen()
        before = self.snapshot_lines(close)
        self.answer(callbacks[2:], overall=1)
        close.action_refresh()
        self.env.invalidate_all()
        self.assertEqual(self.snapshot_lines(close), before)
        self.assertEqual(close.frozen_by_id, self.env.user)

    def test_changes_since_the_close_are_told(self):
        close, callbacks = self.make_frozen()
        self.assertFalse(close.changed_since)
        self.answer(callbacks[2:], overall=1)
        self.env.invalidate_all()
        label = self.env.ref("dealer_reports.kpi_callback_successful").name
        self.assertIn(
            f"{label}: 2/4 (50.0 %) → 4/4 (100.0 %)", close.changed_since.split("\n")
        )

    def test_new_line_since_the_close_is_told(self):
        close, callbacks = self.make_frozen()
        callbacks[0].issue_ids = self.issues[0]
        self.env.invalidate_all()
        self.assertIn(f"{self.issues[0].name}: – → 1", close.changed_since)

    def test_frozen_figure_opens_the_records_of_then(self):
        close, callbacks = self.make_frozen()
        self.answer(callbacks[2:], overall=1)
        kpi = self.env.ref("dealer_reports.kpi_callback_successful")
        line = close.value_ids.filtered(lambda v: v.kpi_id == kpi)
        action = line.action_view_records()
        found = self.env["dealer.callback"].search(action["domain"])
        self.assertEqual(found, callbacks[:2])

    def test_frozen_ratio_opens_the_denominator_of_then(self):
        close, callbacks = self.make_frozen()
        self.make_due(3)
        kpi = self.env.ref("dealer_reports.kpi_callback_successful")
        line = close.value_ids.filtered(lambda v: v.kpi_id == kpi)
        action = line.action_view_denominator()
        found = self.env["dealer.callback"].search(action["domain"])
        self.assertEqual(found, callbacks)

    def test_running_month_cannot_be_closed(self):
        close = self.make_close(month=fields.Date.to_date("2026-03-01"))
        with self.assertRaisesRegex(UserError, "not over"):
            close.action_freeze()

    def test_only_managers_close(self):
        close = self.make_close()
        with self.assertRaisesRegex(AccessError, "managers"):
            close.with_user(self.care).action_freeze()
        close.with_user(self.service_manager).action_freeze()
        self.assertEqual(close.frozen_by_id, self.service_manager)

    def test_state_cannot_be_forged(self):
        close = self.make_close()
        with self.assertRaises(UserError):
            close.with_user(self.service_manager).write({"state": "frozen"})
        with self.assertRaises(UserError):
            self.env["dealer.month.close"].with_user(self.service_manager).create(
                {"month": "2026-01-01", "state": "frozen"}
            )
        with self.assertRaises(AccessError):
            close.value_ids[0].with_user(self.director).write({"numerator": 99})

    def test_month_and_branch_stay(self):
        close = self.make_close()
        with self.assertRaises(UserError):
            close.with_user(self.service_manager).write({"month": "2026-01-01"})

    def test_one_close_per_branch_and_month(self):
        self.make_close()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["dealer.month.close"].create(
                {"month": "2026-02-15", "company_id": self.branch.id}
            )
            self.env.flush_all()

    def test_any_day_names_its_month(self):
        close = self.env["dealer.month.close"].create({"month": "2025-11-17"})
        self.assertEqual(str(close.month), "2025-11-01")

    def test_closed_month_is_kept(self):
        close, _callbacks = self.make_frozen()
        with self.assertRaisesRegex(UserError, "kept"):
            close.unlink()

    def test_previous_figures_come_from_the_closed_month(self):
        close, callbacks = self.make_frozen()
        self.answer(callbacks[2:], overall=1)
        march = self.make_close(month=fields.Date.to_date("2026-03-01"))
        line = self.figure(march, "successful")
        self.assertEqual(line.previous_text, "50.0 %")

    def run_cron(self):
        cron = self.env.ref("dealer_reports.ir_cron_close_months")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_scheduled_action_closes_last_month_once(self):
        self.make_due(3)
        self.run_cron()
        close = self.make_close()
        self.assertEqual(close.state, "frozen")
        stamp = close.frozen_on
        with freeze_time("2026-03-11 04:00:00"):
            self.run_cron()
        self.assertEqual(close.frozen_on, stamp)
        self.assertEqual(self.make_close(self.other_branch).state, "frozen")

    def test_scheduled_action_leaves_a_reopened_month(self):
        close, _callbacks = self.make_frozen()
        close.write({"state": "open"})
        self.run_cron()
        self.assertEqual(close.state, "open")

    def test_branch_time_zone_decides_which_month_is_over(self):
        self.other_branch.partner_id.tz = "America/Los_Angeles"
        with freeze_time("2026-03-31 20:00:00"):
            self.run_cron()
            march = fields.Date.to_date("2026-03-01")
            self.assertEqual(self.make_close(month=march).state, "frozen")
            self.assertEqual(self.make_close(self.other_branch, march).state, "open")
