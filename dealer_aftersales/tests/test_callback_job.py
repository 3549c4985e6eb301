# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import NOW, AftersalesCase

JOB = "odoo.addons.dealer_aftersales.models.dealer_callback_policy_job"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackJob(AftersalesCase):
    def test_three_deliveries_give_three_callbacks_on_their_days(self):
        for day in (6, 7, 8):
            self.make_repair(f"2026-03-0{day} 04:00:00")
        made = self.run_policy()
        self.assertEqual(
            [(str(c.date_due), str(c.date_window_end)) for c in made.sorted()],
            [
                ("2026-03-09", "2026-03-12"),
                ("2026-03-10", "2026-03-13"),
                ("2026-03-11", "2026-03-14"),
            ],
        )
        self.assertEqual(set(made.mapped("state")), {"planned"})
        self.assertEqual(made.partner_id, self.customer)
        self.assertEqual(made.vehicle_id, self.car)

    def test_second_run_makes_nothing(self):
        self.make_repairs(3)
        self.assertEqual(len(self.run_policy()), 3)
        self.assertFalse(self.run_policy())

    def test_the_branch_decides_the_day_of_a_late_delivery(self):
        self.make_repair("2026-03-07 23:30:00")
        made = self.run_policy()
        self.assertEqual(str(made.date_due), "2026-03-11")

    def test_a_branch_in_another_zone_has_another_day(self):
        self.branch.partner_id.tz = "America/New_York"
        self.make_repair("2026-03-08 03:30:00")
        made = self.run_policy()
        self.assertEqual(str(made.date_due), "2026-03-10")

    def test_scheduled_action_twice_gives_the_same(self):
        self.make_repairs(4)
        self.policy.user_ids = self.care | self.care_two
        self.run_cron()
        first = self.snapshot(self.policy)
        self.assertEqual(len(first), 4)
        self.assertTrue(self.policy.last_run)
        self.run_cron()
        self.assertEqual(self.snapshot(self.policy), first)

    def test_broken_policy_is_reported_and_the_others_go_on(self):
        broken = self.make_policy(sequence=1, name="Broken")
        self.break_domain(broken)
        self.make_repairs(2)
        with mute_logger(JOB):
            self.run_cron()
        self.assertIn("no_such_field", broken.last_error)
        self.assertFalse(broken.callback_ids)
        self.assertEqual(len(self.policy.callback_ids), 2)
        self.assertFalse(self.policy.last_error)

    def test_error_of_one_branch_stays_visible_after_the_next_branch(self):
        self.make_repairs(1)
        origin = type(self.policy)._make_callbacks

        def fail_in_first(policy, company, *args):
            if company == self.branch:
                raise ValueError("first branch fails")
            return origin(policy, company, *args)

        with (
            mute_logger(JOB),
            patch.object(type(self.policy), "_make_callbacks", fail_in_first),
        ):
            self.run_cron()
        self.assertEqual(self.policy.last_error, "first branch fails")

    def test_mended_policy_loses_its_error(self):
        self.policy.last_error = "old trouble"
        self.run_cron()
        self.assertFalse(self.policy.last_error)

    def break_domain(self, policy):
        """As after a module was removed: the field of the condition is gone."""
        self.env.cr.execute(
            "UPDATE dealer_callback_policy SET domain = %s WHERE id = %s",
            ("[('no_such_field', '=', 1)]", policy.id),
        )
        policy.invalidate_recordset(["domain"])

    def test_no_policy_and_no_order_is_no_trouble(self):
        self.policy.active = False
        before = self.env["dealer.callback"].search_count([])
        self.run_cron()
        self.assertEqual(self.env["dealer.callback"].search_count([]), before)

    def test_policy_without_sources_makes_nothing(self):
        self.assertFalse(self.run_policy())
        self.run_cron()
        self.assertFalse(self.policy.last_error)

    def test_killed_in_the_middle_and_started_again_gives_the_same_rows(self):
        self.policy.user_ids = self.care | self.care_two
        self.make_repairs(5)
        with self.env.cr.savepoint() as whole:
            self.run_policy()
            expected = self.snapshot(self.policy)
            whole.rollback()
        self.env.invalidate_all()
        self.assertEqual(len(expected), 5)
        self.run_killed_after_first_batch()
        self.assertEqual(len(self.snapshot(self.policy)), 2)
        with patch(f"{JOB}.BATCH", 2):
            self.run_cron()
        self.assertEqual(self.snapshot(self.policy), expected)

    def run_killed_after_first_batch(self):
        class Killed(BaseException):
            pass

        origin = type(self.policy)._run_batch
        calls = []

        def die(policy, company, *args):
            if calls:
                raise Killed
            made = origin(policy, company, *args)
            if made:
                calls.append(len(made))
            return made

        with (
            patch(f"{JOB}.BATCH", 2),
            patch.object(type(self.policy), "_run_batch", die),
            self.enter_registry_test_mode(),
            # assertRaises would undo what was committed.
            suppress(Killed),
            self.registry.cursor() as cr,
        ):
            job = self.env["dealer.callback.policy"].with_env(self.env(cr=cr))
            job._cron_make_callbacks()
            self.fail("The job was not killed.")
        self.assertEqual(calls, [2])
        self.env.invalidate_all()

    def test_out_of_time_reports_work_left(self):
        self.make_repairs(5)
        reported = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            reported.append(remaining)
            return 0 if processed else 60

        with (
            patch(f"{JOB}.BATCH", 2),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit),
        ):
            self.env["dealer.callback.policy"]._cron_make_callbacks()
        self.assertEqual(len(self.policy.callback_ids), 2)
        self.assertEqual(reported[-1], 1)

    def test_two_policies_on_one_source_make_one_callback_each(self):
        second = self.make_policy(name="Second call", offset_days=30, ahead_days=40)
        self.make_repairs(1)
        self.assertEqual(len(self.run_policy()), 1)
        self.assertEqual(len(self.run_policy(second)), 1)

    def test_index_refuses_a_double_row(self):
        callback = self.make_callback()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                """
                INSERT INTO dealer_callback (policy_id, source_id, cycle_key,
                                             partner_id, company_id, date_due, state)
                SELECT policy_id, source_id, cycle_key, partner_id, company_id,
                       date_due, state
                  FROM dealer_callback WHERE id = %s
                """,
                (callback.id,),
            )

    def test_cost_does_not_grow_with_the_number_of_sources(self):
        self.policy.user_ids = self.care | self.care_two
        self.make_repairs(1)
        self.run_policy()  # groups and rights are known from here on
        costs = []
        for count in (5, 50):
            self.make_repairs(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            made = self.run_policy()
            costs.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(made), count)
        self.assertEqual(costs[0], costs[1])

    def test_callers_take_turns(self):
        self.policy.user_ids = self.care | self.care_two
        self.make_repairs(10)
        made = self.run_policy()
        self.assertEqual(made.user_id, self.care | self.care_two)
        self.assertEqual(len(made.filtered(lambda c: c.user_id == self.care)), 5)

    def test_caller_of_another_branch_gets_none(self):
        self.policy.user_ids = self.care_north
        self.make_repairs(1)
        self.assertFalse(self.run_policy().user_id)

    def test_run_now_tells_how_many(self):
        self.make_repairs(2)
        action = self.policy.with_user(self.service_manager).action_run_now()
        self.assertIn("2", action["params"]["message"])
        self.assertEqual(len(self.policy.callback_ids), 2)

    def test_run_now_makes_all_of_several_batches(self):
        self.make_repairs(5)
        with patch(f"{JOB}.BATCH", 2):
            action = self.policy.with_user(self.service_manager).action_run_now()
        self.assertIn("5", action["params"]["message"])
        self.assertEqual(len(self.policy.callback_ids), 5)
