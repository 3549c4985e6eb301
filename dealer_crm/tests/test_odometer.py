# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOdometer(DealerCrmCase):
    def add(self, car, *readings):
        """``readings``: (day, km) pairs, entered by the consultant in one batch."""
        return (
            self.env["fleet.vehicle.odometer"]
            .with_user(self.consultant)
            .create(
                [
                    {"vehicle_id": car.id, "date": day, "value": km}
                    for day, km in readings
                ]
            )
        )

    def test_newest_reading_wins_not_the_highest(self):
        car = self.make_car()
        self.add(car, ("2026-02-01", 20000), ("2025-02-01", 10000))
        self.assertEqual(car.odometer, 20000)
        self.add(car, ("2025-08-01", 15000))
        self.assertEqual(car.odometer, 20000)

    def test_falling_reading_waits_with_a_reason(self):
        car = self.make_car()
        self.add(car, ("2025-02-01", 10000))
        reading = self.add(car, ("2026-02-01", 9000))
        self.assertEqual(
            (reading.state, reading.quarantine_reason),
            ("quarantined", "lower than the earlier 10000 km"),
        )
        self.assertEqual(car.odometer, 10000)

    def test_old_reading_above_a_later_one_waits(self):
        car = self.make_car()
        self.add(car, ("2026-02-01", 10000))
        reading = self.add(car, ("2025-02-01", 12000))
        self.assertEqual(
            (reading.state, reading.quarantine_reason),
            ("quarantined", "higher than the later 10000 km"),
        )

    def test_one_wrong_value_in_a_batch_waits_alone(self):
        for wrong in (150, 150000):
            car = self.make_car()
            readings = self.add(
                car,
                ("2025-01-01", 10000),
                ("2025-04-01", wrong),
                ("2025-07-01", 20000),
                ("2025-10-01", 25000),
            )
            self.assertEqual(
                readings.mapped("state"),
                ["accepted", "quarantined", "accepted", "accepted"],
            )
            self.assertEqual(car.odometer, 25000)

    def test_cars_of_one_batch_are_judged_apart(self):
        one, other = self.make_car(), self.make_car()
        readings = self.env["fleet.vehicle.odometer"].create(
            [
                {"vehicle_id": one.id, "date": "2025-01-01", "value": 50000},
                {"vehicle_id": other.id, "date": "2025-02-01", "value": 100},
            ]
        )
        self.assertEqual(readings.mapped("state"), ["accepted"] * 2)

    def test_lower_reading_on_the_card_is_logged_not_refused(self):
        car = self.make_car(owner_id=self.make_customer().id)
        self.add(car, ("2026-02-01", 10000))
        card = car.with_user(self.consultant)
        with Form(card, view="dealer_crm.fleet_vehicle_view_form") as form:
            form.odometer = 9000
            form.color = "white"
        self.assertEqual((car.odometer, car.color), (10000, "white"))
        waiting = car.odometer_ids.filtered(lambda r: r.state == "quarantined")
        self.assertEqual(waiting.value, 9000)

    def test_higher_reading_on_the_card_is_taken(self):
        car = self.make_car()
        self.add(car, ("2026-02-01", 10000))
        car.with_user(self.consultant).odometer = 11000
        self.assertEqual(car.odometer, 11000)
        self.assertEqual(set(car.odometer_ids.mapped("state")), {"accepted"})

    def test_emptied_field_is_no_reading(self):
        car = self.make_car()
        self.add(car, ("2026-02-01", 10000))
        car.with_user(self.consultant).write({"odometer": 0, "color": "red"})
        self.assertEqual((car.color, car.odometer), ("red", 10000))
        self.assertEqual(len(car.odometer_ids), 1)

    def test_waiting_reading_is_discarded_with_a_note(self):
        car = self.make_car()
        good = self.add(car, ("2025-02-01", 10000))
        wrong = self.add(car, ("2026-02-01", 9000))
        with self.assert_refused(UserError, "to be checked"):
            good.action_discard()
        wrong.action_discard()
        self.assertFalse(wrong.exists())
        self.assertIn("9000 km", car.message_ids[0].body)

    def test_accepted_lower_reading_counts_from_then_on(self):
        car = self.make_car()
        self.add(car, ("2025-02-01", 90000))
        reading = self.add(car, ("2026-02-01", 100))
        reading.action_accept()
        self.assertRecordValues(
            reading, [{"state": "accepted", "quarantine_reason": False}]
        )
        self.assertEqual(car.odometer, 100)
        self.assertEqual(self.add(car, ("2026-03-01", 900)).state, "accepted")
        self.assertEqual(car.odometer, 900)

    def test_corrected_reading_is_judged_again(self):
        car = self.make_car()
        self.add(car, ("2025-02-01", 10000))
        reading = self.add(car, ("2026-02-01", 2000))
        reading.value = 20000
        self.assertEqual((reading.state, car.odometer), ("accepted", 20000))
        reading.value = 2000
        self.assertEqual((reading.state, car.odometer), ("quarantined", 10000))

    def test_nobody_judges_his_own_reading(self):
        car = self.make_car()
        self.add(car, ("2025-02-01", 10000))
        reading = self.add(car, ("2026-02-01", 2000))
        with self.assert_refused(AccessError, "button"):
            reading.state = "accepted"
        with self.assert_refused(AccessError, "judged by the system"):
            self.env["fleet.vehicle.odometer"].with_user(self.director).create(
                {"vehicle_id": car.id, "value": 1, "state": "accepted"}
            )

    def test_import_with_a_wrong_row_keeps_the_others(self):
        car = self.make_car()
        result = (
            self.env["fleet.vehicle.odometer"]
            .with_user(self.consultant)
            .load(
                ["vehicle_id", "date", "value"],
                [
                    [car.vin_sn, "2025-01-01", "1000"],
                    [car.vin_sn, "2025-02-01", "100"],
                    [car.vin_sn, "2025-03-01", "3000"],
                ],
            )
        )
        self.assertFalse(result["messages"])
        self.assertEqual(
            self.env["fleet.vehicle.odometer"].browse(result["ids"]).mapped("state"),
            ["accepted", "quarantined", "accepted"],
        )

    def test_company_fleet_stays_as_it_is(self):
        car = self.make_car(trade_state=False)
        readings = self.add_as_admin(car, 10000) + self.add_as_admin(car, 9000)
        self.assertEqual(readings.mapped("state"), ["accepted"] * 2)
        car.odometer = 11000
        with self.assert_refused(UserError, "lower than the previous"):
            car.odometer = 8000

    def add_as_admin(self, car, km):
        return self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": car.id, "value": km, "date": "2026-02-01"}
        )

    def count_queries_of_list(self, cars):
        cars.odometer_ids.flush_recordset()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        values = cars.mapped("odometer")
        return self.env.cr.sql_log_count - before, values

    def test_number_of_queries_does_not_grow_with_the_cars(self):
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "model_id": self.car_model.id,
                    "trade_state": "customer",
                    "vin_sn": self.next_vin(),
                }
                for _car in range(80)
            ]
        )
        self.env["fleet.vehicle.odometer"].create(
            [
                {"vehicle_id": car.id, "date": "2026-01-01", "value": 100 + place}
                for place, car in enumerate(cars)
            ]
        )
        self.count_queries_of_list(cars[:1])
        few, _values = self.count_queries_of_list(cars[:5])
        many, values = self.count_queries_of_list(cars)
        self.assertEqual(values, [100 + place for place in range(80)])
        self.assertEqual(many, few)

    def count_queries_of_batch(self, cars):
        before = self.env.cr.sql_log_count
        self.env["fleet.vehicle.odometer"].create(
            [{"vehicle_id": car.id, "date": "2026-01-01", "value": 7} for car in cars]
        ).flush_recordset()
        return self.env.cr.sql_log_count - before

    def test_batch_is_judged_with_a_constant_number_of_queries(self):
        cars = self.env["fleet.vehicle"].create(
            [
                {"model_id": self.car_model.id, "trade_state": "customer"}
                for _car in range(86)
            ]
        )
        self.env.flush_all()
        self.count_queries_of_batch(cars[:1])
        few = self.count_queries_of_batch(cars[1:6])
        self.assertEqual(self.count_queries_of_batch(cars[6:]), few)
