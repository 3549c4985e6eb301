# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from datetime import date, timedelta

from odoo.tests import BaseCase

from ..tools import sanbao

RULE = {
    "days": (25, 31),
    "visit": (5, 6),
    "fault": (3, 5),
    "part": (1, 2),
    "safety": (1, 3),
}
DAY = date(2026, 1, 1)


def make_visit(ref, start, stop, faults=(), parts=(), km=1000, safety=False):
    """A visit by day numbers of 2026; stop None: still in the workshop."""
    return sanbao.Visit(
        ref,
        f"RO{ref}",
        DAY + timedelta(days=start),
        None if stop is None else DAY + timedelta(days=stop),
        km,
        {fault: (fault.title(), safety) for fault in faults},
        {part: part.title() for part in parts},
    )


class TestSanbaoRules(BaseCase):
    """What is counted and from when on it warns, without a database."""

    def get_levels(self, visits, today=DAY + timedelta(days=300)):
        findings = sanbao.judge(sanbao.count_all(visits, today), RULE)
        return {(f.kind, f.subject): (f.number, f.level) for f in findings}

    def test_days_touch_each_calendar_day(self):
        today = DAY + timedelta(days=300)
        self.assertEqual(sanbao.visit_days(make_visit(1, 3, 3), today), 1)
        self.assertEqual(sanbao.visit_days(make_visit(1, 3, 4), today), 2)
        self.assertEqual(
            sanbao.visit_days(make_visit(1, 3, None), DAY + timedelta(9)), 7
        )

    def test_31st_cumulative_day_is_the_right(self):
        visits = [make_visit(n, n * 10, n * 10 + 3) for n in range(6)]  # 24 days
        expected = {24: None, 25: "warn", 29: "warn", 30: "last", 31: "alarm"}
        for days, level in expected.items():
            last = make_visit(9, 100, 100 + days - 25)
            counted = visits + ([last] if days > 24 else [])
            found = self.get_levels(counted).get(("days", ""))
            self.assertEqual(found and found[1], level, days)

    def test_two_orders_on_one_day_are_one_day(self):
        visits = [make_visit(1, 0, 4), make_visit(2, 3, 6)]
        self.assertEqual(sanbao.total_days(visits, DAY + timedelta(days=50)), 7)

    def test_five_days_in_one_visit_warn(self):
        self.assertEqual(self.get_levels([make_visit(7, 0, 3)]), {})
        found = self.get_levels([make_visit(7, 0, 4)])
        self.assertEqual(found[("visit", "7")], (5, "warn"))
        found = self.get_levels([make_visit(7, 0, 5)])
        self.assertEqual(found[("visit", "7")], (6, "alarm"))

    def test_same_fault_counts_once_per_visit(self):
        for count, level in ((2, None), (3, "warn"), (4, "last"), (5, "alarm")):
            visits = [make_visit(n, n, n, ["noise"]) for n in range(count)]
            found = self.get_levels(visits).get(("fault", "noise"))
            self.assertEqual(found and found[1], level, count)

    def test_main_part_and_safety_fault(self):
        visits = [make_visit(1, 0, 0, ["brake"], ["pump"], safety=True)]
        found = self.get_levels(visits)
        self.assertEqual(found[("part", "pump")], (1, "warn"))
        self.assertEqual(found[("safety", "brake")], (1, "warn"))
        visits.append(make_visit(2, 9, 9, ["brake"], ["pump"], safety=True))
        found = self.get_levels(visits)
        self.assertEqual(found[("part", "pump")], (2, "alarm"))
        self.assertEqual(found[("safety", "brake")], (2, "last"))

    def test_only_visits_begun_inside_the_term_count(self):
        end = DAY + timedelta(days=10)
        visits = [
            make_visit(1, 10, 20, km=50000),
            make_visit(2, 11, 12, km=50000),
            make_visit(3, 5, 6, km=50001),
            make_visit(4, 5, 6, km=0),
        ]
        counted = sanbao.inside(visits, end, 50000)
        self.assertEqual([visit.ref for visit in counted], [1, 4])

    def test_any_history_keeps_the_counts_in_bounds(self):
        """Property: never more days than calendar days, one per visit at least."""
        chance = random.Random(19)
        today = DAY + timedelta(days=200)
        for _n in range(200):
            visits = []
            for ref in range(chance.randint(1, 12)):
                start = chance.randint(-30, 260)
                stop = chance.choice([None, start + chance.randint(-5, 60)])
                visits.append(make_visit(ref, start, stop, ["x"]))
            total = sanbao.total_days(visits, today)
            each = [sanbao.visit_days(visit, today) for visit in visits]
            self.assertLessEqual(total, sum(each))
            self.assertGreaterEqual(total, max(each))
            self.assertGreaterEqual(min(each), 1)
            sanbao.judge(sanbao.count_all(visits, today), RULE)
