# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.mileage import (
    MAX_DAYS,
    MAX_RATE,
    MIN_RATE,
    Reading,
    count_rate,
    meter_offsets,
    next_due,
)

TODAY = date(2026, 7, 1)
ABSURD_KM = (0, -1, 1, 99_999, 9e9, float("inf"), float("nan"), 5_000, 5_001, 0.4)


@tagged("post_install", "-at_install")
class TestMileage(BaseCase):
    """The forecast as plain arithmetic: domain.md 10."""

    def rate(self, *rows, **options):
        return count_rate([Reading(*row) for row in rows], TODAY, **options)

    def test_worked_example(self):
        rate = self.rate((date(2026, 1, 1), 10_000), (TODAY, 14_500))
        self.assertEqual(rate.value, 24.86)
        due = next_due(rate, TODAY, 14_500, months=12, km=5_500)
        self.assertEqual(due.day, date(2027, 2, 7))
        self.assertEqual((due.day - TODAY).days, 221)
        self.assertEqual(due.odometer, 20_000)
        self.assertLess(due.low, due.day)
        self.assertLess(due.day, due.high)

    def test_months_come_first_for_a_car_driven_little(self):
        rate = self.rate((date(2026, 1, 1), 10_000), (TODAY, 11_000))
        due = next_due(rate, TODAY, 11_000, months=6, km=10_000)
        self.assertEqual(due.day, date(2027, 1, 1))

    def test_short_interval_tells_nothing(self):
        rate = self.rate((date(2026, 6, 18), 1_000), (TODAY, 2_000), default=33.0)
        self.assertEqual((rate.value, rate.basis), (33.0, "company"))
        rate = self.rate((date(2026, 6, 17), 1_000), (TODAY, 2_000), default=33.0)
        self.assertEqual((rate.value, rate.basis), (71.43, "readings"))

    def test_daily_readings_still_tell(self):
        rows = [(TODAY - timedelta(days=n), 20_000 - 50 * n) for n in range(60)]
        self.assertEqual(self.rate(*rows).value, 50.0)

    def test_rate_out_of_bounds_takes_the_model(self):
        for km in (1_100, 90_000):
            rate = self.rate((date(2026, 1, 1), 1_000), (TODAY, km), model_rate=38.0)
            self.assertEqual((rate.value, rate.basis), (38.0, "model"), km)

    def test_one_reading_counts_from_the_sale(self):
        rate = self.rate((TODAY, 3_000), sale=TODAY - timedelta(days=100))
        self.assertEqual((rate.value, rate.basis), (30.0, "sale"))

    def test_recent_use_weighs_more(self):
        rate = self.rate(
            (date(2024, 7, 1), 0), (date(2025, 7, 1), 3_650), (TODAY, 18_250)
        )
        self.assertGreater(rate.value, 25.0)
        self.assertLess(rate.value, 40.0)

    def test_steady_use_has_a_narrow_range(self):
        rows = [(TODAY - timedelta(days=30 * n), 9_000 - 900 * n) for n in range(6)]
        rate = self.rate(*rows)
        self.assertEqual((rate.value, rate.low, rate.high), (30.0, 27.0, 33.0))

    def test_new_meter_goes_on_with_the_distance(self):
        start = date(2026, 1, 1)
        rows = [
            Reading(date(2025, 1, 1), 0),
            Reading(start, 36_500),
            Reading(start, 0, 2, True),
            Reading(TODAY, 18_100, 2),
        ]
        rate = count_rate(rows, TODAY)
        self.assertEqual(rate.value, 100.0)
        self.assertEqual(meter_offsets(rows), {1: 0.0, 2: 36_500.0})
        due = next_due(rate, date(2025, 12, 1), 33_400, km=30_000)
        self.assertEqual(due.odometer, 26_900)
        self.assertEqual(due.day, TODAY + timedelta(days=88))

    def test_future_reading_is_left_out(self):
        rate = self.rate((TODAY + timedelta(days=1), 9_000), default=40.0)
        self.assertIsNone(rate.day)

    def test_overdue_by_km_is_due_since_the_reading(self):
        rate = self.rate((date(2026, 1, 1), 10_000), (TODAY, 30_000))
        due = next_due(rate, date(2026, 1, 1), 10_000, months=12, km=10_000)
        self.assertEqual((due.day, due.low, due.high), (TODAY,) * 3)

    def test_no_sequence_breaks_the_forecast(self):
        chance = random.Random(2026)
        for round_ in range(3_000):
            rows = [self.make_absurd(chance) for _i in range(chance.randrange(12))]
            rate = count_rate(rows, TODAY, chance.choice((None, date(2020, 2, 29))))
            self.assertTrue(MIN_RATE <= rate.value <= MAX_RATE, (round_, rows))
            self.assertTrue(rate.low <= rate.value <= rate.high, (round_, rows))
            self.check_due(rate, chance)

    def make_absurd(self, chance):
        day = TODAY + timedelta(days=chance.choice((0, 1, -1, -13, -14, -15, -400)))
        if chance.random() < 0.3:
            day = chance.choice((None, date.min, date.max, date(2020, 2, 29)))
        meter = chance.choice((1, 1, 1, 2, 3))
        return Reading(day, chance.choice(ABSURD_KM), meter, chance.random() < 0.3)

    def check_due(self, rate, chance):
        base = TODAY - timedelta(days=chance.randrange(3_000))
        km = chance.choice((None, 0, 9_000_000_000, -5, 12_000))
        months = chance.choice((0, 6, 240))
        due = next_due(rate, base, km, months, chance.choice((0, 5_000)) or 1)
        self.assertLessEqual(due.low, due.day)
        self.assertLessEqual(due.day, due.high)
        start = max(rate.day or base, base)
        self.assertGreaterEqual(due.day, base)
        self.assertLessEqual(due.high, start + timedelta(days=MAX_DAYS))
        self.assertTrue(0 <= due.odometer <= 9_999_999)
