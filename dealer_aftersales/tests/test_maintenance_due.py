# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


class MaintenanceCase(AftersalesCase):
    """One plan: 6 months or 10,000 km, first at 3 months or 5,000 km."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.maintenance.plan"].search([]).active = False
        cls.operation = cls.env["product.product"].create(
            {"name": "Brake fluid change", "type": "service"}
        )
        cls.plan = cls.env["dealer.maintenance.plan"].create(
            {
                "name": "Petrol",
                "line_ids": [
                    Command.create(
                        {
                            "name": "Oil service",
                            "is_main": True,
                            "months": 6,
                            "km": 10_000,
                            "first_months": 3,
                            "first_km": 5_000,
                            "price": 480,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Brake fluid",
                            "months": 24,
                            "product_id": cls.operation.id,
                            "price": 260,
                        }
                    ),
                ],
            }
        )
        cls.main, cls.fluid = cls.plan.line_ids
        cls.new_car = cls.make_car(
            owner_id=cls.customer.id, origin="own_sale", purchase_date="2026-01-10"
        )

    def get_open(self, car=None, line=None):
        car = car or self.new_car
        return car.due_ids.filtered(
            lambda d: d.state == "open" and d.line_id == (line or self.main)
        )

    def read_meter(self, day, km, car=None):
        return self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": (car or self.new_car).id, "date": day, "value": km}
        )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestMaintenanceDue(MaintenanceCase):
    """Due items open, move, close and renew themselves."""

    def test_new_car_waits_for_its_first_service(self):
        due = self.get_open()
        self.assertTrue(due.is_first_service)
        self.assertEqual(due.date_due, date(2026, 4, 10))
        self.assertEqual(due.odometer_due, 5_000)
        self.assertEqual(self.new_car.next_service_date, date(2026, 4, 10))
        self.assertEqual(self.new_car.maintenance_plan_id, self.plan)

    def test_kilometres_come_first_for_a_car_driven_much(self):
        self.read_meter("2026-03-01", 4_000)
        self.assertEqual(self.new_car.km_basis, "sale")
        self.assertEqual(self.new_car.km_per_day, 80.0)
        self.assertEqual(self.get_open().date_due, date(2026, 3, 13))

    def test_worked_example_on_a_car(self):
        self.main.write({"months": 12, "km": 5_500})
        with freeze_time("2026-07-02 04:00:00"):
            self.read_meter("2026-01-10", 9_000)
            self.read_meter("2026-07-01", 13_276)
            self.make_repair("2026-07-01 08:00:00", vehicle_id=self.new_car.id)
            self.new_car.repair_ids.service_kind = "maintenance"
            due = self.get_open()
            self.assertEqual(self.new_car.km_per_day, 24.86)
            self.assertEqual(due.date_due, date(2027, 2, 7))

    def test_delivered_maintenance_closes_and_renews(self):
        first = self.get_open()
        repair = self.make_repair(
            "2026-03-05 04:00:00",
            vehicle_id=self.new_car.id,
            service_kind="maintenance",
            odometer_in=4_600,
        )
        self.assertEqual(first.state, "done")
        self.assertEqual(first.done_repair_id, repair)
        self.assertEqual(
            (first.date_done, first.odometer_done), (date(2026, 3, 5), 4_600)
        )
        due = self.get_open()
        self.assertFalse(due.is_first_service)
        self.assertEqual(due.odometer_due, 14_600)
        self.assertEqual(due.date_due, date(2026, 6, 30))
        self.assertTrue(self.get_open(line=self.fluid), "not part of that visit")

    def test_undone_delivery_opens_the_item_again(self):
        first = self.get_open()
        repair = self.make_repair(
            "2026-03-05 04:00:00",
            vehicle_id=self.new_car.id,
            service_kind="maintenance",
        )
        repair.date_delivered = False
        self.assertEqual(self.get_open(), first)
        self.assertFalse(first.done_repair_id)

    def test_operation_on_the_order_does_its_item(self):
        self.make_repair(
            NOW,
            vehicle_id=self.new_car.id,
            labor_ids=[Command.create({"product_id": self.operation.id})],
        )
        self.assertEqual(self.get_open(line=self.fluid).date_base, date(2026, 3, 10))
        self.assertTrue(self.get_open().is_first_service)

    def test_one_click_takes_the_item_over(self):
        self.read_meter("2026-03-01", 4_000)
        repair = self.make_repair(vehicle_id=self.new_car.id).with_user(self.advisor)
        hints = [h for h in repair.get_order_hints() if h["code"] == "due"]
        self.assertEqual([h["id"] for h in hints], self.get_open().ids)
        repair.with_context(hint_id=hints[0]["id"]).action_add_due()
        self.assertEqual(repair.labor_ids.mapped("name"), ["Oil service"])
        self.assertEqual(repair.service_kind, "maintenance")
        left = [h for h in repair.get_order_hints() if h["code"] == "due"]
        self.assertFalse(left)
        first = self.get_open()
        repair.sudo().write({"state": "done", "date_delivered": NOW})
        self.assertEqual((first.state, first.done_repair_id), ("done", repair))

    def test_hint_of_another_car_is_refused(self):
        repair = self.make_repair()
        with self.assertRaises(UserError):
            repair.with_context(hint_id=self.get_open().id).action_add_due()

    def test_sold_car_has_nothing_due(self):
        due = self.get_open()
        self.new_car.active = False
        self.assertEqual((due.state, due.cause), ("cancelled", "sold"))
        self.assertFalse(self.new_car.next_service_date)

    def test_new_owner_is_the_one_to_call(self):
        buyer = self.make_customer("Bought it")
        self.new_car.owner_id = buyer
        self.assertEqual(self.get_open().partner_id, buyer)

    def test_removed_item_is_cancelled(self):
        due = self.get_open(line=self.fluid)
        self.plan.active = False
        self.new_car._update_forecast()
        self.assertEqual((due.state, due.cause), ("cancelled", "plan"))

    def test_done_elsewhere_counts_on_from_today(self):
        due = self.get_open().with_user(self.advisor)
        due.action_done_elsewhere()
        self.assertEqual(self.get_open().date_base, date(2026, 3, 10))
        self.get_open().with_user(self.advisor).exists()
        due.action_reopen()
        self.assertEqual(self.get_open(), due)

    def test_refusal_needs_a_remark(self):
        due = self.get_open().with_user(self.advisor)
        with self.assertRaises(UserError):
            due.action_refuse()
        due.reason = "Sells the car soon"
        due.action_refuse()
        self.assertEqual(due.state, "cancelled")
        self.assertEqual(self.get_open().date_base, date(2026, 3, 10))

    def test_most_special_plan_counts(self):
        own = self.plan.copy({"model_ids": [Command.set(self.car_model.ids)]})
        brand = self.plan.copy({"brand_id": self.car_model.brand_id.id})
        self.new_car._update_forecast()
        self.assertEqual(self.new_car.maintenance_plan_id, own)
        own.active = False
        self.new_car._update_forecast()
        self.assertEqual(self.new_car.maintenance_plan_id, brand)
        brand.company_id = self.other_branch
        self.new_car._update_forecast()
        self.assertEqual(self.new_car.maintenance_plan_id, self.plan)

    def test_plan_is_checked(self):
        with self.assertRaisesRegex(ValidationError, "months"):
            self.fluid.months = 0
        with self.assertRaisesRegex(ValidationError, "more than one"):
            self.fluid.is_main = True

    def test_roles(self):
        due = self.get_open()
        self.assertTrue(due.with_user(self.consultant).date_due)
        for user in (self.consultant, self.technician):
            with self.assertRaises(AccessError):
                due.with_user(user).action_done_elsewhere()
        with self.assertRaises(AccessError):
            due.with_user(self.advisor).write({"date_due": "2030-01-01"})
        with self.assertRaises(AccessError):
            self.plan.with_user(self.advisor).name = "Mine"
        self.plan.with_user(self.service_manager).name = "Ours"
        self.assertFalse(
            self.env["dealer.maintenance.due"]
            .with_user(self.care_north)
            .search([("id", "=", due.id)])
        )

    def test_meter_replaced_goes_on(self):
        self.read_meter("2026-02-10", 3_000)
        self.new_car._replace_meter(date(2026, 2, 20), 3_800, 0, "Broken")
        due = self.get_open()
        self.assertEqual(self.new_car.meter_offset, 3_800)
        self.assertEqual(due.odometer_due, 1_200)

    def test_explanation_names_what_it_stands_on(self):
        self.read_meter("2026-03-01", 4_000)
        text = self.get_open().explanation
        for part in ("Oil service", "4,000 km", "80.0 km per day", "5,000 km"):
            self.assertIn(part, text)

    def test_order_is_opened_without_a_count(self):
        """The reading of an order that comes in is counted with the transaction."""
        self.read_meter("2026-03-01", 4_000)
        self.make_repair(vehicle_id=self.new_car.id, odometer_in=4_500)
        self.assertEqual(self.new_car.forecast_odometer, 4_000)
        self.env.cr.flush()
        self.assertEqual(self.new_car.forecast_odometer, 4_500)

    def test_queries_do_not_grow_with_the_cars(self):
        def count(number):
            cars = self.env["fleet.vehicle"].create(
                [
                    {
                        "model_id": self.car_model.id,
                        "owner_id": self.customer.id,
                        "trade_state": "customer",
                        "origin": "own_sale",
                        "purchase_date": "2026-01-10",
                    }
                    for _index in range(number)
                ]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            cars._update_forecast()
            cars.mapped("next_service_name")
            self.assertEqual(len(cars.due_ids), 2 * number)
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(50), count(5))
