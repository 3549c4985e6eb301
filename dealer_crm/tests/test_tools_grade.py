# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import date, timedelta

from odoo.tests import BaseCase

from ..tools.grade import (
    WINDOWS,
    Rung,
    day_of_window,
    missing_for_grade,
    propose,
    propose_from_feedback,
    window_of_day,
)

CONTRACT = Rung("O", 0, 0, frozenset({"deposit", "contract"}))
LADDER = (
    CONTRACT,
    Rung("H", 0, 7),
    Rung("A", 8, 30),
    Rung("B+", 31, 90, frozenset({"product", "test_drive"})),
    Rung("B", 31, 90),
    Rung("C", 91, None),
)
FINE_LADDER = (
    CONTRACT,
    Rung("H", 0, 7),
    Rung("A", 8, 15),
    Rung("B", 16, 30),
    Rung("C", 31, 90),
    Rung("D", 91, 0),
)


class TestGradeProposal(BaseCase):
    def assert_days(self, ladder, expected):
        for days, key in expected.items():
            self.assertEqual(propose(ladder, days), key, days)

    def test_boundaries_of_the_ladder_7_30_90(self):
        self.assert_days(
            LADDER,
            {0: "H", 7: "H", 8: "A", 30: "A", 31: "B", 90: "B", 91: "C", 9999: "C"},
        )

    def test_boundaries_of_the_ladder_7_15_30_90(self):
        self.assert_days(
            FINE_LADDER,
            {0: "H", 7: "H", 8: "A", 15: "A", 16: "B", 30: "B"}
            | {31: "C", 90: "C", 91: "D", 9999: "D"},
        )

    def test_order_of_the_rungs_does_not_matter(self):
        rand = random.Random(7)
        for _count in range(20):
            ladder = rand.sample(LADDER, len(LADDER))
            for days in (-5, 0, 7, 8, 30, 31, 90, 91, 400):
                self.assertEqual(propose(ladder, days), propose(LADDER, days))

    def test_date_in_the_past_counts_as_today(self):
        self.assertEqual(propose(LADDER, -1), "H")
        self.assertEqual(propose(FINE_LADDER, -400), "H")
        self.assertEqual(propose([Rung("H", 1, 7), Rung("A", 8, 30)], -3), "H")

    def test_step_decides_between_equal_windows(self):
        self.assertEqual(propose(LADDER, 60), "B")
        self.assertEqual(propose(LADDER, 60, "product"), "B+")
        self.assertEqual(propose(LADDER, 60, "needs"), "B")
        self.assertEqual(propose(reversed_pair(), 60, "product"), "B+")

    def test_step_does_not_beat_the_window(self):
        self.assertEqual(propose(LADDER, 5, "product"), "H")
        self.assertEqual(propose(LADDER, 120, "product"), "C")

    def test_rung_with_other_steps_is_better_than_none(self):
        only = [Rung("B+", 31, 90, frozenset({"product"}))]
        self.assertEqual(propose(only, 60, "needs"), "B+")

    def test_rung_without_window_comes_by_its_step_alone(self):
        for days in (-1, 0, 60, 400, None):
            self.assertEqual(propose(LADDER, days, "deposit"), "O")
        self.assertEqual(propose([CONTRACT], 5), "")

    def test_without_date_only_the_step_counts(self):
        self.assertEqual(propose(LADDER, None), "")
        self.assertEqual(propose(LADDER, None, "product"), "B+")
        self.assertEqual(propose(LADDER, None, "reception"), "")

    def test_day_in_a_gap_takes_the_nearest_window(self):
        gap = [Rung("A", 10, 20), Rung("C", 41, 0)]
        self.assert_days(gap, {0: "A", 30: "A", 31: "C", 40: "C"})
        even = [Rung("C", 40, 0), Rung("A", 10, 20)]
        self.assertEqual(propose(even, 30), "A")

    def test_day_after_the_last_window_takes_the_last(self):
        self.assertEqual(propose([Rung("H", 0, 7), Rung("A", 8, 30)], 31), "A")

    def test_no_rungs_no_proposal(self):
        self.assertEqual(propose([], 5), "")

    def test_rungs_may_come_one_by_one(self):
        self.assertEqual(propose(iter(LADDER), 60, "product"), "B+")


class TestPurchaseWindow(BaseCase):
    """LEAD-13: a rough time of purchase and a day say the same."""

    def test_day_that_stands_for_a_rough_time(self):
        today = date(2026, 3, 10)  # a Tuesday
        days = [day_of_window(window, today) for window in WINDOWS]
        self.assertEqual(
            days,
            [date(2026, 3, 15), date(2026, 3, 31), date(2026, 5, 9), date(2026, 7, 8)],
        )
        self.assertIsNone(day_of_window("unknown", today))
        self.assertIsNone(day_of_window(False, today))

    def test_month_end_of_december(self):
        day = day_of_window("this_month", date(2026, 12, 31))
        self.assertEqual(day, date(2026, 12, 31))

    def test_past_and_boundary_days(self):
        today = date(2026, 3, 10)
        for offset, window in {
            -30: "this_week",
            5: "this_week",
            6: "this_month",
            21: "this_month",
            22: "one_to_three",
            92: "one_to_three",
            93: "later",
        }.items():
            day = today + timedelta(offset)
            self.assertEqual(window_of_day(day, today), window, offset)

    def test_the_day_of_a_window_lies_in_it_unless_a_nearer_one_holds_it(self):
        first = date(2026, 1, 1)
        for offset in range(0, 800):
            today = first + timedelta(offset)
            for rank, window in enumerate(WINDOWS):
                day = day_of_window(window, today)
                found = WINDOWS.index(window_of_day(day, today))
                self.assertGreaterEqual(day, today)
                self.assertLessEqual(found, rank, (today, window))


class TestFeedbackProposal(BaseCase):
    """GRD-13: what the answers after a test drive say about the grade."""

    TODAY = date(2026, 3, 30)

    def feedback(self, satisfaction, window, ladder=LADDER):
        return propose_from_feedback(ladder, satisfaction, window, self.TODAY)

    def test_delighted_and_this_month_is_a(self):
        self.assertEqual(self.feedback("delighted", "this_month"), "A")

    def test_sooner_is_hotter(self):
        grades = [self.feedback("satisfied", window) for window in WINDOWS]
        self.assertEqual(grades, ["H", "A", "B", "C"])

    def test_disappointed_falls_a_rung(self):
        grades = [self.feedback("disappointed", window) for window in WINDOWS]
        self.assertEqual(grades, ["A", "B", "C", "C"])

    def test_unknown_answers_propose_nothing(self):
        self.assertEqual(self.feedback("delighted", "unknown"), "")
        self.assertEqual(self.feedback("", "this_week"), "")
        self.assertEqual(self.feedback("delighted", "this_week", [CONTRACT]), "")


class TestGradeMissing(BaseCase):
    def test_complete(self):
        self.assertEqual(missing_for_grade("张三", "13800138000", "远桥 X1"), [])

    def test_each_missing_key_is_named(self):
        self.assertEqual(missing_for_grade("", "1", "m"), ["name"])
        self.assertEqual(missing_for_grade("n", False, "m"), ["phone"])
        self.assertEqual(missing_for_grade("n", "1", None), ["model"])
        self.assertEqual(
            missing_for_grade(None, None, None), ["name", "phone", "model"]
        )

    def test_fillers_count_as_nothing(self):
        for filler in (" ", "\u3000", ".", "--", "·"):
            self.assertEqual(missing_for_grade(filler, "1", "m"), ["name"], filler)

    def test_model_may_be_an_id(self):
        self.assertEqual(missing_for_grade("n", "1", 42), [])


def reversed_pair():
    return [rung for rung in reversed(LADDER) if rung.window_from == 31]
