# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import date, timedelta

from odoo.tests import tagged

from ..tools.mileage import Reading, count_rate, meter_offsets, next_due
from .common import AftersalesCase

CARS = 300


@tagged("post_install", "-at_install")
class TestForecastTwin(AftersalesCase):
    """The job over all cars says the same as the plain functions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.branch._get_dealer_today()
        cls.env["dealer.maintenance.plan"].search([]).active = False
        cls.plan = cls.env["dealer.maintenance.plan"].create(
            {
                "name": "Plan",
                "line_ids": [
                    (0, 0, {"name": "Oil", "months": 6, "km": 10_000}),
                    (0, 0, {"name": "Fluid", "months": 24}),
                    (0, 0, {"name": "Plugs", "km": 40_000}),
                ],
            }
        )

    def make_cars(self, chance):
        """Cars with made-up ledgers, past all guards, as a wild import would."""
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "model_id": self.car_model.id,
                    "owner_id": self.customer.id,
                    "trade_state": "customer",
                    "origin": chance.choice(("own_sale", "trade_in", "other_dealer")),
                    "purchase_date": chance.choice(
                        (False, self.today - timedelta(days=chance.randrange(2_000)))
                    ),
                }
                for _index in range(CARS)
            ]
        )
        rows = [
            (car.id, *reading)
            for car in cars
            for reading in self.make_ledger(chance, car.purchase_date)
        ]
        self.env.cr.execute_values(
            "INSERT INTO fleet_vehicle_odometer (vehicle_id, date, value, segment,"
            " is_meter_start, state) VALUES %s",
            [(*row, "accepted") for row in rows],
        )
        return cars, rows

    def make_ledger(self, chance, start):
        if chance.random() < 0.2:
            return self.make_wild(chance)
        day = start or self.today - timedelta(days=1_500)
        km, meter, rate, ledger = 0, 1, chance.uniform(1, 120), []
        for _index in range(chance.randrange(12)):
            days = chance.choice((0, 1, 13, 14, 60, 180))
            day, km = day + timedelta(days=days), km + int(days * rate)
            ledger.append((day, km, meter, False))
            if chance.random() < 0.1:
                meter, km = meter + 1, chance.choice((0, 250))
                ledger.append((day, km, meter, True))
        return ledger

    def make_wild(self, chance):
        return [
            (
                self.today + timedelta(days=chance.randrange(-5_000, 40)),
                chance.choice((0, -7, 3_000_000, 9e9, chance.randrange(200_000))),
                chance.choice((1, 1, 2)),
                chance.random() < 0.2,
            )
            for _index in range(chance.randrange(8))
        ]

    def test_job_equals_the_functions(self):
        cars, rows = self.make_cars(random.Random(7))
        cars._update_forecast()
        ledgers = {}
        for car_id, *row in rows:
            ledgers.setdefault(car_id, []).append(Reading(row[0], *row[1:]))
        bases = {"readings": 0}
        for car in cars:
            rate = self.count(car, ledgers.get(car.id, []))
            stored = (car.km_per_day, car.km_per_day_low, car.km_per_day_high)
            self.assertEqual(stored, tuple(rate[:3]), ledgers.get(car.id))
            self.assertEqual(car.km_basis, rate.basis)
            self.assertEqual(car.forecast_date or None, rate.day)
            self.assertEqual(car.meter_offset, rate.offset)
            bases[rate.basis] = bases.get(rate.basis, 0) + 1
            self.check_dues(car, rate, ledgers.get(car.id, []))
        self.assertGreater(bases["readings"], CARS / 3)
        self.assertGreater(len(bases), 2)

    def count(self, car, readings):
        sale = car.first_purchase_date if car.origin != "trade_in" else None
        return count_rate(
            readings, self.today, sale or None, self.car_model.km_per_day, 40.0
        )

    def check_dues(self, car, rate, readings):
        clean = [
            r
            for r in readings
            if 0 <= r.km <= 3_000_000 and date(1970, 1, 1) <= r.day <= self.today
        ]
        for due in car.due_ids:
            line = due.line_id
            offset = self.get_offset(due, clean) if rate.offset else 0.0
            expected = next_due(
                rate, due.date_base, due.odometer_base, line.months, line.km, offset
            )
            found = (due.date_due, due.date_low, due.date_high, due.odometer_due)
            self.assertEqual(found, tuple(expected), (due, readings))

    def get_offset(self, due, clean):
        offsets, starts = meter_offsets(clean), {}
        for reading in clean:
            day = starts.setdefault(reading.meter, reading.day)
            starts[reading.meter] = min(day, reading.day)
        before = [meter for meter, day in starts.items() if day < due.date_base]
        return offsets[max(before, default=min(starts))]

    def test_second_run_writes_nothing(self):
        cars, _rows = self.make_cars(random.Random(8))
        cars._update_forecast()
        before = self.get_versions(cars)
        cars._update_forecast()
        self.assertEqual(self.get_versions(cars), before)

    def get_versions(self, cars):
        """Row versions: an UPDATE, even to the same value, moves the row."""
        rows = []
        for table in ("fleet_vehicle", "dealer_maintenance_due"):
            column = "id" if table == "fleet_vehicle" else "vehicle_id"
            self.env.cr.execute(
                f"SELECT id, ctid::text FROM {table} WHERE {column} IN %s ORDER BY id",
                (tuple(cars.ids),),
            )
            rows += self.env.cr.fetchall()
        return rows
