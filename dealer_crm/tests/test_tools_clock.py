# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest import TestCase

from ..tools.clock import WorkClock, merge_intervals


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute)


#: Tuesday and Wednesday with a lunch break, closed from Thursday, open on Monday
OPEN = [
    (at(10, 8), at(10, 12)),
    (at(10, 13), at(10, 17)),
    (at(11, 8), at(11, 12)),
    (at(11, 13), at(11, 17)),
    (at(16, 8), at(16, 12)),
]


class TestWorkClock(TestCase):
    def setUp(self):
        super().setUp()
        self.clock = WorkClock(OPEN)

    def test_deadline_vectors(self):
        for start, hours, expected in (
            (at(10, 8), 2, at(10, 10)),
            (at(10, 11), 2, at(10, 14)),  # over lunch
            (at(10, 16), 2, at(11, 9)),  # over night
            (at(10, 22), 1, at(11, 9)),  # begins after hours
            (at(10, 12, 30), 1, at(10, 14)),  # begins at lunch
            (at(11, 16), 2, at(16, 9)),  # over the days off
            (at(10, 8), 4, at(10, 12)),  # ends with the morning
            (at(10, 12), 0, at(10, 13)),  # nothing to wait for but the opening
            (at(1, 0), 1, at(10, 9)),  # before all that is known
        ):
            with self.subTest(start=start, hours=hours):
                self.assertEqual(self.clock.deadline(start, hours), expected)

    def test_deadline_beyond_the_window_is_unknown(self):
        self.assertIsNone(self.clock.deadline(at(16, 8), 5))
        self.assertIsNone(self.clock.deadline(at(17, 8), 1))

    def test_worked_vectors(self):
        for start, end, expected in (
            (at(10, 8), at(10, 10), 2),
            (at(10, 11), at(10, 14), 2),
            (at(10, 16), at(11, 9), 2),
            (at(11, 17), at(16, 8), 0),
            (at(10, 0), at(17, 0), 20),
            (at(10, 10), at(10, 9), 0),
        ):
            with self.subTest(start=start, end=end):
                self.assertEqual(self.clock.worked(start, end), expected)

    def test_deadline_and_worked_agree(self):
        for start_hour in range(24):
            for hours in (0.25, 1, 3.5, 7):
                start = at(10, start_hour)
                end = self.clock.deadline(start, hours)
                self.assertAlmostEqual(self.clock.worked(start, end), hours)

    def test_open_at_opening_and_closed_at_closing(self):
        self.assertTrue(self.clock.is_open(at(10, 8)))
        self.assertFalse(self.clock.is_open(at(10, 12)))
        self.assertFalse(self.clock.is_open(at(9, 9)))
        self.assertFalse(self.clock.is_open(at(12, 9)))

    def test_intervals_that_touch_or_overlap_are_one(self):
        self.assertEqual(
            merge_intervals([(3, 5), (1, 3), (4, 9), (11, 11), (12, 13)]),
            [(1, 9), (12, 13)],
        )

    def test_beginning_is_the_deadline_backwards(self):
        for start_hour in range(8, 17):
            for hours in (0.5, 2, 6):
                start = self.clock.deadline(at(10, start_hour), 0)
                end = self.clock.deadline(start, hours)
                found = self.clock.beginning(end, hours)
                self.assertAlmostEqual(self.clock.worked(found, end), hours)
                self.assertGreaterEqual(found, start)
        self.assertEqual(self.clock.beginning(at(16, 9), 2), at(11, 16))
        self.assertIsNone(self.clock.beginning(at(10, 9), 2))
