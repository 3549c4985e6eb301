# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW
from .common_visit import TEN, VisitCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAppointmentRequests(VisitCase):
    """Who waits longer than promised is red, and the manager hears of it once."""

    def ask(self, day):
        with freeze_time(f"{day} 04:00:00"):
            return self.make_visit(start=False, request="Radio is dead")

    def test_older_than_the_branch_promises_is_overdue(self):
        for day, days, overdue in (
            ("2026-03-10", 0, False),
            ("2026-03-07", 3, False),
            ("2026-03-06", 4, True),
            ("2026-02-07", 31, True),
        ):
            visit = self.ask(day)
            self.assertEqual((visit.request_days, visit.is_overdue), (days, overdue))
            found = visit.search([("is_overdue", "=", True), ("id", "=", visit.id)])
            self.assertEqual(bool(found), overdue, day)

    def test_answered_request_is_not_overdue(self):
        visit = self.ask("2026-02-07")
        visit.date_start = TEN
        visit.action_book()
        self.assertFalse(visit.is_overdue)
        self.assertFalse(visit.search([("is_overdue", "=", True)]) & visit)

    def test_zero_days_means_never(self):
        visit = self.ask("2026-02-07")
        self.branch.service_request_days = 0
        visit.invalidate_recordset()
        self.assertFalse(visit.is_overdue)
        self.assertFalse(self.env["dealer.appointment"]._escalate_waiting(self.branch))

    def test_date_of_the_request_is_not_for_clients(self):
        visit = self.ask("2026-02-07")
        with self.assert_refused(AccessError, "set by the buttons"):
            visit.write({"date_requested": TEN})

    def test_manager_is_told_once_until_it_is_answered(self):
        old, fresh = self.ask("2026-02-07"), self.ask("2026-03-09")
        manager = self.branch._get_service_manager()
        self.assertTrue(manager.has_group("dealer_aftersales.group_service_manager"))
        visits = self.env["dealer.appointment"]
        told = visits._escalate_waiting(self.branch)
        self.assertIn(old, told)
        self.assertNotIn(fresh, told)
        self.assertEqual(old.activity_ids.user_id, manager)
        self.assertFalse(visits._escalate_waiting(self.branch) & old)
        self.assertEqual(len(old.activity_ids), 1)
        old.date_start = TEN
        old.action_book()
        self.assertFalse(old.activity_ids)

    def test_order_nobody_begins_goes_to_the_manager_too(self):
        self.branch.service_start_days = 7
        old = self.make_repair(date_in="2026-03-01 04:00:00")
        fresh = self.make_repair(date_in="2026-03-09 04:00:00")
        self.assertTrue(old.is_waiting_long)
        self.assertFalse(fresh.is_waiting_long)
        found = old.search([("is_waiting_long", "=", True)])
        self.assertEqual(found & (old | fresh), old)
        self.assertIn("danger", [flag[2] for flag in old._get_board_flags()[old.id]])
        told = self.env["repair.order"]._escalate_waiting(self.branch)
        self.assertEqual(told & (old | fresh), old)
        self.assertEqual(len(old.activity_ids), 1)
        self.assertFalse(self.env["repair.order"]._escalate_waiting(self.branch) & old)
        old.service_state = "in_work"
        self.assertFalse(old.is_waiting_long)
        self.assertFalse(old.activity_ids)

    def test_history_never_waits(self):
        repair = self.make_repair(
            "2026-03-01 04:00:00", vehicle_id=self.car.id, service_kind="general"
        )
        self.assertFalse(repair.is_waiting_long)
        self.assertFalse(
            self.env["repair.order"]._escalate_waiting(self.branch) & repair
        )

    def test_scheduled_actions_run(self):
        old = self.ask("2026-02-07")
        for name in ("escalate_requests", "mark_no_shows"):
            cron = self.env.ref(f"dealer_aftersales.ir_cron_{name}")
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(str(old.escalated_on), "2026-03-10")
