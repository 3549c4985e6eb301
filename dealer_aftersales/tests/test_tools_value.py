# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.tests import BaseCase

from ..tools.loyalty import Parts, Weights, count_parts, count_score, judge_band
from ..tools.value_class import (
    GROUPS,
    Facts,
    Limits,
    count_points,
    is_customer,
    is_leaving,
    judge_class,
    judge_group,
    mean_gap,
)

TODAY = date(2026, 3, 10)
LIMITS = Limits()


def ago(days):
    return TODAY - timedelta(days=days)


def judge(facts, ratings=(), limits=LIMITS):
    points = count_points(facts, ratings, TODAY, limits)
    return points.total, judge_class(facts, points, limits)


class TestToolsValue(BaseCase):
    def test_ten_partners_as_counted_by_hand(self):
        """Recency + frequency + money + brand + ratings."""
        for expected, facts, ratings in (
            # 5 + 5 + 5
            ((15, "a"), Facts(ago(1), visits=4, amount=10000), ()),
            # 5 + 4 + 3: exactly at the limit of A
            ((12, "a"), Facts(ago(1), visits=3, amount=2000), ()),
            # 5 + 3 + 3
            ((11, "b"), Facts(ago(1), visits=2, amount=2000), ()),
            # 5 + 3 + 3 and one good rating
            ((12, "a"), Facts(ago(1), visits=2, amount=2000), (1, 0, 0)),
            # 5 + 4 + 3 less one poor rating
            ((11, "b"), Facts(ago(1), visits=3, amount=2000), (0, -1, 0)),
            # 3 + 2 + 2 and a second car
            ((8, "b"), Facts(ago(200), visits=1, amount=500, purchases=2), ()),
            # 3 + 2 + 2
            ((7, "c"), Facts(ago(200), visits=1, amount=500, purchases=1), ()),
            # 1 + 1 + 1
            ((3, "c"), Facts(ago(800)), ()),
            # 5 + 1 + 1: bought a car last week, never came
            ((7, "c"), Facts(last_purchase=ago(7), purchases=1), ()),
            # 4 + 5 + 4 less three poor ratings
            ((10, "b"), Facts(ago(120), visits=9, amount=9999.99), (-1, -1, -1)),
        ):
            self.assertEqual(judge(facts, ratings), expected, facts)

    def test_months_of_recency_end_on_their_day(self):
        for day, points in (
            (date(2025, 12, 10), 5),
            (date(2025, 12, 9), 4),
            (date(2025, 9, 10), 4),
            (date(2025, 9, 9), 3),
            (date(2025, 6, 10), 3),
            (date(2025, 6, 9), 2),
            (date(2025, 3, 10), 2),
            (date(2025, 3, 9), 1),
        ):
            found = count_points(Facts(day), (), TODAY, LIMITS)
            self.assertEqual(found.recency, points, day)

    def test_by_visits_alone(self):
        limits = Limits(mode="visits")
        for visits, expected in ((9, "a"), (4, "a"), (3, "b"), (2, "b"), (1, "c")):
            self.assertEqual(
                judge(Facts(ago(1), visits=visits), (), limits)[1], expected
            )
        self.assertEqual(judge(Facts(ago(400)), (), limits)[1], "d")

    def test_prospects_have_no_class(self):
        self.assertFalse(is_customer(Facts()))
        self.assertTrue(is_customer(Facts(ago(999))))
        self.assertTrue(is_customer(Facts(purchases=1)))

    def test_leaving_by_the_own_interval(self):
        # visits 300, 200 and 100 days ago: 100 days between them, 150 % are 150
        often = Facts(ago(100), ago(300), 3)
        self.assertEqual(mean_gap(often), 100)
        self.assertFalse(is_leaving(Facts(ago(150), ago(350), 3), TODAY, LIMITS))
        self.assertTrue(is_leaving(Facts(ago(151), ago(351), 3), TODAY, LIMITS))
        once = Facts(ago(179), ago(179), 1)
        self.assertFalse(is_leaving(once, TODAY, LIMITS))
        self.assertTrue(is_leaving(Facts(ago(180), ago(180), 1), TODAY, LIMITS))

    def test_five_groups(self):
        stable = Facts(ago(10), ago(210), 3, visits=2, amount=900)
        leaving = Facts(ago(200), ago(300), 2, visits=2, amount=900)
        found = [
            judge_group(stable, "a", TODAY, LIMITS),
            judge_group(leaving, "a", TODAY, LIMITS),
            judge_group(stable, "b", TODAY, LIMITS),
            judge_group(leaving, "c", TODAY, LIMITS),
            judge_group(Facts(ago(800)), "c", TODAY, LIMITS),
        ]
        self.assertEqual(tuple(found), GROUPS)
        both = Limits(high_classes=("a", "b"))
        self.assertEqual(judge_group(stable, "b", TODAY, both), "high_stable")

    def test_loyalty_by_hand(self):
        # 5, 4 and 3 points; one referral; 3 of 4 satisfied; one complaint
        facts = Facts(
            ago(1),
            visits=3,
            amount=2000,
            referrals=1,
            scored=4,
            satisfied=3,
            complaints=1,
        )
        parts = count_parts(facts, count_points(facts, (), TODAY, LIMITS))
        self.assertEqual(parts, Parts(100, 75, 50, 50, 75, 50))
        # (20·100 + 20·75 + 20·50 + 15·50 + 15·75 + 10·50) ÷ 100 = 68.75
        self.assertEqual(count_score(parts, Weights()), 69)
        # referrals and complaints left out: (2000 + 1500 + 1000 + 1125) ÷ 75 = 75
        weights = Weights(referrals=0, complaints=0)
        self.assertEqual(count_score(parts, weights), 75)
        self.assertEqual(count_score(parts, Weights(*[0] * 6)), 0)

    def test_bands_at_their_limits(self):
        for score, band in ((70, "high"), (69, "middle"), (40, "middle"), (39, "low")):
            self.assertEqual(judge_band(score, 70, 40), band)

    def test_who_was_not_asked_is_neutral(self):
        parts = count_parts(
            Facts(ago(1)), count_points(Facts(ago(1)), (), TODAY, LIMITS)
        )
        self.assertEqual(parts.satisfaction, 50)
        self.assertEqual(parts.complaints, 100)
