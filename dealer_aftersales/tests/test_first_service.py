# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import permutations

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFirstService(AftersalesCase):
    """First service: date and kilometres of the earliest delivered maintenance."""

    def first(self, car=None):
        car = car or self.car
        return str(car.first_service_date or ""), car.first_service_odometer

    def make_maintenance(self, delivered=None, **values):
        return self.make_repair(delivered, service_kind="maintenance", **values)

    def test_closing_the_first_maintenance_fills_both(self):
        repair = self.make_maintenance(odometer_in=4800).with_user(self.advisor)
        self.assertEqual(self.first(), ("", 0))
        repair.action_deliver()
        self.assertEqual(self.first(), ("2026-03-10", 4800))

    def test_a_second_one_does_not_overwrite(self):
        self.make_maintenance("2026-02-01 04:00:00", odometer_in=4800)
        self.make_maintenance("2026-03-01 04:00:00", odometer_in=9900)
        self.assertEqual(self.first(), ("2026-02-01", 4800))

    def test_other_kinds_are_no_maintenance(self):
        for kind in ("general", "warranty", "accident", "comeback"):
            self.make_repair("2026-02-01 04:00:00", service_kind=kind, odometer_in=100)
        self.assertEqual(self.first(), ("", 0))

    def test_history_in_any_order_gives_the_earliest(self):
        visits = (
            ("2024-05-01 04:00:00", 5000),
            ("2025-05-01 04:00:00", 15000),
            ("2026-02-01 04:00:00", 25000),
        )
        for order in permutations(visits):
            car = self.make_car(owner_id=self.customer.id)
            for delivered, km in order:
                self.make_maintenance(delivered, odometer_in=km, vehicle_id=car.id)
            with self.subTest(order=[km for _day, km in order]):
                self.assertEqual(self.first(car), ("2024-05-01", 5000))

    def test_correction_of_the_order_reaches_the_car(self):
        repair = self.make_maintenance("2026-02-01 23:30:00", odometer_in=48000)
        self.assertEqual(self.first(), ("2026-02-02", 48000))
        repair.odometer_in = 4800
        self.assertEqual(self.first(), ("2026-02-02", 4800))
        repair.service_kind = "general"
        self.assertEqual(self.first(), ("", 0))

    def test_undone_delivery_and_moved_order_take_it_back(self):
        repair = self.make_maintenance("2026-02-01 04:00:00", odometer_in=4800)
        other = self.make_car(owner_id=self.customer.id)
        repair.vehicle_id = other
        self.assertEqual(self.first(), ("", 0))
        self.assertEqual(self.first(other), ("2026-02-01", 4800))
        repair.with_user(self.advisor).action_undo_delivery()
        self.assertEqual(self.first(other), ("", 0))

    def test_kilometres_out_serve_where_those_in_are_missing(self):
        self.make_maintenance("2026-02-01 04:00:00", odometer_out=4810)
        self.assertEqual(self.first(), ("2026-02-01", 4810))

    def test_manager_corrects_and_the_orders_leave_it_alone(self):
        self.make_maintenance("2026-02-01 04:00:00", odometer_in=4800)
        car = self.car.with_user(self.service_manager)
        car.write({"first_service_date": "2025-12-24", "first_service_odometer": 3100})
        self.make_maintenance("2025-11-01 04:00:00", odometer_in=2000)
        self.assertEqual(self.first(), ("2025-12-24", 3100))
        car.write({"first_service_date": False, "first_service_odometer": 0})
        self.assertEqual(self.first(), ("2025-11-01", 2000))

    def test_nobody_else_corrects(self):
        for user in (self.advisor, self.consultant, self.technician, self.care):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.car.with_user(user).write({"first_service_date": "2025-12-24"})
        for user in (self.advisor, self.service_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.car.with_user(user).write({"first_service_fixed": True})

    def test_batch_costs_the_same_for_few_and_many(self):
        costs = []
        for count in (1, 5, 50):
            repairs = self.make_repairs(count)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            repairs.vehicle_id._update_first_service()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[1], costs[2])
