# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRepairDelivery(AftersalesCase):
    def test_advisor_opens_an_order_on_a_car_and_the_owner_is_proposed(self):
        repairs = self.env["repair.order"].with_user(self.advisor)
        with Form(repairs) as form:
            form.vehicle_id = self.car
            self.assertEqual(form.partner_id, self.customer)
            form.odometer_in = 12000
        repair = form.record
        self.assertEqual(repair.advisor_id, self.advisor)
        self.assertEqual(repair.state, "draft")
        self.assertEqual(repair.odometer_ids.value, 12000)

    def test_chosen_customer_stays(self):
        payer = self.make_customer("Qian Payer")
        repair = self.make_repair(partner_id=payer.id)
        self.assertEqual(repair.partner_id, payer)

    def test_delivery_of_a_draft_closes_the_order(self):
        repair = self.make_repair(odometer_in=12000).with_user(self.advisor)
        repair.action_deliver()
        self.assertEqual(repair.state, "done")
        self.assertEqual(repair.odometer_out, 12000)
        self.assertEqual(str(repair.date_delivered), NOW)
        self.assertEqual(str(self.car.last_visit_date), "2026-03-10")

    def test_delivery_of_a_started_order_closes_it(self):
        repair = self.make_repair()
        repair.action_validate()
        repair.action_repair_start()
        repair.action_deliver()
        self.assertEqual(repair.state, "done")

    def test_second_press_changes_nothing(self):
        repair = self.make_repair()
        repair.action_deliver()
        with freeze_time("2026-03-11 04:00:00"):
            repair.action_deliver()
        self.assertEqual(str(repair.date_delivered), NOW)

    def test_late_evening_in_utc_is_the_next_day_at_the_branch(self):
        self.make_repair("2026-03-07 23:30:00", odometer_in=500)
        self.assertEqual(str(self.car.last_visit_date), "2026-03-08")
        self.assertEqual(str(self.car.odometer_ids.date), "2026-03-08")

    def test_delivery_without_a_car_is_refused(self):
        repair = self.make_repair(vehicle_id=False)
        with self.assertRaisesRegex(UserError, "Vehicle"):
            repair.action_deliver()

    def test_cancelled_order_is_not_delivered(self):
        repair = self.make_repair()
        repair.action_repair_cancel()
        with self.assertRaisesRegex(UserError, "cancelled"):
            repair.action_deliver()

    def test_delivery_before_arrival_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "before"):
            self.make_repair(
                date_in="2026-03-10 04:00:00", date_delivered="2026-03-10 03:00:00"
            )

    def test_fewer_kilometres_out_than_in_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Odometer out"):
            self.make_repair(odometer_in=500, odometer_out=400)

    @mute_logger("odoo.sql_db")
    def test_negative_kilometres_are_refused(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.make_repair(odometer_in=-5)

    def test_undone_delivery_takes_the_visit_back(self):
        self.make_repair("2026-03-01 04:00:00")
        repair = self.make_repair("2026-03-07 04:00:00")
        repair.action_undo_delivery()
        self.assertEqual(str(self.car.last_visit_date), "2026-03-01")

    def test_order_moved_to_the_right_car_leaves_the_wrong_one(self):
        right = self.make_car(owner_id=self.customer.id)
        repair = self.make_repair("2026-03-07 04:00:00", odometer_in=500)
        repair.vehicle_id = right
        self.assertFalse(self.car.last_visit_date)
        self.assertFalse(self.car.odometer_ids)
        self.assertEqual(str(right.last_visit_date), "2026-03-07")
        self.assertEqual(right.odometer, 500)

    def test_corrected_kilometres_replace_the_typing_error(self):
        repair = self.make_repair(odometer_in=120000).with_user(self.advisor)
        repair.odometer_in = 12000
        self.assertEqual(self.car.odometer_ids.mapped("value"), [12000])
        self.assertEqual(self.car.odometer_ids.state, "accepted")

    def test_saving_again_logs_no_second_reading(self):
        repair = self.make_repair(odometer_in=12000)
        repair.odometer_in = 12000
        self.assertEqual(len(self.car.odometer_ids), 1)

    def test_labour_and_parts_make_the_total(self):
        repair = self.make_repair(
            labor_ids=[(0, 0, {"name": "Oil", "hours": 0.5, "price_unit": 150})],
            amount_parts_history=85,
        )
        self.assertEqual(repair.amount_total, 160)
        repair.labor_ids.hours = 1
        self.assertEqual(repair.amount_total, 235)

    def test_copy_starts_afresh(self):
        repair = self.make_repair(
            date_in="2026-01-05 02:00:00",
            date_promised="2026-01-05 08:00:00",
            parts_history="Filter x1",
            amount_parts_history=85,
        )
        self.assertRecordValues(
            repair.copy(),
            [
                {
                    "date_in": fields.Datetime.to_datetime(NOW),
                    "date_promised": False,
                    "parts_history": False,
                    "amount_parts_history": 0,
                }
            ],
        )

    def test_bringer_of_another_branch_is_refused(self):
        stranger = self.make_customer("Far Away", company_id=self.other_branch.id)
        with self.assertRaisesRegex(UserError, "Far Away"):
            self.make_repair(bringer_id=stranger.id)

    def test_reading_of_an_order_is_corrected_in_the_order(self):
        repair = self.make_repair(odometer_in=12000)
        reading = repair.odometer_ids.with_user(self.advisor)
        with self.assertRaisesRegex(UserError, repair.name):
            reading.value = 1200
        with self.assertRaisesRegex(UserError, repair.name):
            reading.repair_id = False
        with self.assertRaises(AccessError):
            reading.create({"vehicle_id": self.car.id, "repair_id": repair.id})
        typed = reading.create({"vehicle_id": self.car.id, "value": 12500})
        typed.value = 12600
        repair.with_user(self.advisor).odometer_in = 12100
        self.assertEqual(sorted(self.car.odometer_ids.mapped("value")), [12100, 12600])
