# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMeterReplacement(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_customer()
        cls.car = cls.make_car(owner_id=cls.owner.id)
        cls.log("2025-01-10", 40000)
        cls.log("2025-06-10", 50000)

    @classmethod
    def log(cls, day, value, car=None, user=None):
        readings = cls.env["fleet.vehicle.odometer"].with_user(user or cls.env.user)
        return readings.create(
            {"vehicle_id": (car or cls.car).id, "date": day, "value": value}
        )

    def replace(self, day, old, new=0, car=None, user=None):
        wizard = self.env["dealer.meter.replacement"].with_user(user or self.manager)
        wizard.create(
            {
                "vehicle_id": (car or self.car).id,
                "date": day,
                "old_value": old,
                "new_value": new,
                "reason": "Cluster broken",
            }
        ).action_replace()
        self.car.invalidate_recordset()

    def test_new_meter_counts_anew_and_the_distance_goes_on(self):
        self.replace("2025-08-01", 52000)
        reading = self.log("2025-12-01", 3000)
        self.assertEqual(reading.state, "accepted")
        self.assertEqual(reading.segment, 2)
        self.assertEqual(self.car.odometer, 3000)
        self.assertEqual(self.car.odometer_total, 55000)
        self.assertTrue(self.car.is_meter_replaced)

    def test_used_meter_begins_where_it_stands(self):
        self.replace("2025-08-01", 52000, 80000)
        self.assertEqual(self.car.odometer, 80000)
        self.log("2025-12-01", 83000)
        self.assertEqual(self.car.odometer_total, 55000)
        self.assertEqual(self.log("2025-12-02", 79000).state, "quarantined")

    def test_late_entry_of_the_old_meter_is_judged_with_the_old_meter(self):
        self.replace("2025-08-01", 52000)
        late = self.log("2025-07-01", 51000)
        self.assertEqual((late.segment, late.state), (1, "accepted"))
        wrong = self.log("2025-07-02", 60000)
        self.assertEqual((wrong.segment, wrong.state), (1, "quarantined"))
        self.assertEqual(self.car.odometer, 0)

    def test_readings_of_the_day_itself_go_to_the_nearer_meter(self):
        self.replace("2025-08-01", 52000)
        self.assertEqual(self.log("2025-08-01", 51990).segment, 1)
        self.assertEqual(self.log("2025-08-01", 12).segment, 2)
        self.assertEqual(self.car.odometer, 12)

    def test_waiting_reading_becomes_true_with_the_replacement(self):
        waiting = self.log("2025-09-01", 700)
        self.assertEqual(waiting.state, "quarantined")
        self.replace("2025-08-01", 52000)
        self.assertEqual((waiting.state, waiting.segment), ("accepted", 2))
        self.assertEqual(self.car.odometer, 700)

    def test_old_value_that_cannot_be_is_refused_as_a_whole(self):
        count = len(self.car.odometer_ids)
        with self.assert_refused(UserError, "Old meter: 100 km is lower"):
            with self.cr.savepoint():
                self.replace("2025-08-01", 100)
        self.car.invalidate_recordset()
        self.assertEqual(len(self.car.odometer_ids), count)

    def test_replacement_is_not_dated_before_the_last_one_nor_ahead(self):
        self.replace("2025-08-01", 52000)
        for day, text in (
            ("2025-08-01", "was replaced on"),
            ("2025-07-01", "was replaced on"),
            ("2026-03-11", "in the future"),
        ):
            with self.assert_refused(UserError, text):
                self.replace(day, 0)

    def test_taken_back_the_readings_are_those_of_the_old_meter(self):
        self.replace("2025-08-01", 52000)
        low, high = self.log("2025-09-01", 700), self.log("2025-10-01", 53000)
        self.car.with_user(self.manager).action_undo_meter_replacement()
        self.assertEqual(low.state, "quarantined")
        self.assertEqual((high.state, high.segment), ("accepted", 1))
        self.assertEqual(self.car.odometer, 53000)
        self.assertEqual(self.car.odometer_total, 53000)
        with self.assert_refused(UserError, "never replaced"):
            self.car.with_user(self.manager).action_undo_meter_replacement()

    def test_consultant_records_no_replacement(self):
        with self.assertRaises(AccessError):
            self.replace("2025-08-01", 52000, user=self.consultant)
        with self.assertRaises(AccessError):
            self.car.with_user(self.consultant).action_undo_meter_replacement()

    def test_source_and_meter_are_not_set_by_clients(self):
        readings = self.env["fleet.vehicle.odometer"].with_user(self.manager)
        values = {"vehicle_id": self.car.id, "value": 1}
        for extra in ({"source": "repair"}, {"segment": 5}, {"is_meter_start": True}):
            with self.assertRaises(AccessError):
                readings.create({**values, **extra})
            with self.assertRaises(AccessError):
                self.car.odometer_ids[0].with_user(self.manager).write(extra)
        by_context = readings.with_context(
            default_is_meter_start=True, default_segment=7
        ).create({**values, "value": 60000})
        self.assertEqual(by_context.segment, 1)
        self.assertFalse(by_context.is_meter_start)

    def test_first_reading_of_a_new_meter_is_not_edited(self):
        self.replace("2025-08-01", 52000)
        start = self.car.odometer_ids.filtered("is_meter_start")
        with self.assert_refused(UserError, "first reading of a new meter"):
            start.with_user(self.manager).value = 10

    def test_source_of_import_and_hand(self):
        record, texts = self.enter_by_import(
            self.manager,
            "fleet.vehicle.odometer",
            {
                "vehicle_id/.id": str(self.car.id),
                "date": "2025-09-09",
                "value": "55000",
            },
            import_file=True,
        )
        self.assertFalse(texts)
        self.assertEqual(record.source, "import")
        self.assertEqual(self.log("2025-10-10", 56000).source, "manual")

    def test_any_sequence_with_true_readings_is_accepted_in_any_order(self):
        """A car drives on whatever meter it has: true readings always count."""
        for seed in range(12):
            dice = random.Random(seed)
            car = self.make_car(owner_id=self.owner.id)
            truth, meters, readings = self.drive(dice)
            for day, old, new in meters:
                self.replace(day, old, new, car=car)
            dice.shuffle(readings)
            for day, value in readings:
                with self.subTest(seed=seed, day=day, value=value):
                    self.assertEqual(self.log(day, value, car).state, "accepted")
            car.invalidate_recordset()
            self.assertEqual(car.odometer_total, truth, f"seed {seed}")

    @staticmethod
    def drive(dice):
        """A car's life: (distance driven, replaced meters, readings)."""
        day, shown, truth = date(2020, 1, 1), 0, 0
        meters, readings = [], []
        for _step in range(dice.randrange(4, 14)):
            day += timedelta(days=dice.randrange(1, 90))
            truth_step = dice.randrange(0, 4000)
            shown, truth = shown + truth_step, truth + truth_step
            if dice.random() < 0.25:
                new = dice.choice([0, 0, 5, 30000])
                meters.append((day, shown, new))
                shown = new
                day += timedelta(days=1)
            readings.append((day, shown))
        return truth, meters, readings
