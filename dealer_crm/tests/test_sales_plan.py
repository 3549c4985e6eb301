# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSalesPlan(DealerCrmCase):
    """Targets per person and period beside what the registers count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_user("other", "dealer_crm.group_sales_consultant")
        cls.plans = cls.env["dealer.plan"]

    def plan(self, user=None, period="month", date_from="2026-03-01", **targets):
        return self.plans.create(
            {
                "user_id": (user or self.consultant).id,
                "company_id": self.branch.id,
                "period": period,
                "date_from": date_from,
                "line_ids": [
                    (0, 0, {"measure": key, "target": target})
                    for key, target in targets.items()
                ],
            }
        )

    def visit(self, moment, user=None):
        return self.env["dealer.contact"].create(
            {
                "channel": "visit",
                "purpose": "look",
                "visitor_name": "Visitor",
                "date": moment,
                "user_id": (user or self.consultant).id,
                "company_id": self.branch.id,
            }
        )

    def progress(self, user=None, day=TODAY):
        return self.plans._get_progress(user or self.consultant, day, self.branch)

    @freeze_time("2026-04-02 04:00:00")
    def test_month_is_the_sum_of_its_days(self):
        for hours in range(0, 31 * 24, 7):
            self.visit(datetime(2026, 2, 28, 16) + timedelta(hours=hours))
        self.visit(datetime(2026, 3, 31, 16))
        self.plan(visit=44)
        days = [date(2026, 3, n) for n in range(1, 32)]
        rows = [self.progress(day=day)["visit"] for day in days]
        self.assertEqual({row["done_month"] for row in rows}, {107})
        self.assertEqual(sum(row["done_day"] for row in rows), 107)
        self.assertEqual(sum(row["plan_day"] for row in rows), 44)
        self.assertEqual({row["plan_month"] for row in rows}, {44})
        self.assertEqual(rows[0]["plan_day"], 0)  # a Sunday

    def test_line_counts_its_period(self):
        self.visit(NOW)
        self.visit("2026-03-02 04:00:00")
        self.visit("2026-02-27 04:00:00")
        self.visit(NOW, self.other)
        month = self.plan(visit=4).line_ids
        week = self.plan(period="week", date_from="2026-03-11", visit=1)
        self.assertEqual((month.actual, month.rate), (2, 0.5))
        self.assertEqual(
            (week.date_from, week.date_to),
            (date(2026, 3, 9),) * 1 + (date(2026, 3, 15),),
        )
        self.assertEqual((week.line_ids.actual, week.line_ids.light), (1, "done"))
        action = month.action_open_records()
        self.assertEqual(
            self.env[action["res_model"]].search_count(action["domain"]), 2
        )

    def test_light_tells_the_standing(self):
        lines = self.plan(visit=22, order=0, contact=66).line_ids
        lights = dict(zip(lines.mapped("measure"), lines.mapped("light"), strict=True))
        self.assertEqual(
            lights, {"visit": "behind", "order": "none", "contact": "behind"}
        )
        for _n in range(7):  # seven of 22 working days are over
            self.visit(NOW)
        lines.invalidate_recordset()
        self.assertEqual(
            lines.filtered(lambda x: x.measure == "visit").light, "on_track"
        )

    def test_narrower_plan_speaks_for_its_days(self):
        self.plan(visit=44)
        self.plan(period="week", date_from="2026-03-09", visit=5)
        self.plan(period="day", date_from="2026-03-10", visit=9)
        row = self.progress()["visit"]
        self.assertEqual((row["plan_day"], row["plan_month"]), (9, 44))
        self.assertEqual(self.progress(day=date(2026, 3, 11))["visit"]["plan_day"], 1)
        self.assertEqual(self.progress(day=date(2026, 3, 17))["visit"]["plan_day"], 2)

    def test_month_without_target_is_what_its_days_say(self):
        self.plan(period="day", date_from="2026-03-10", visit=3)
        self.plan(period="day", date_from="2026-03-11", visit=4)
        self.assertEqual(self.progress()["visit"]["plan_month"], 7)

    def test_many_people_cost_the_same(self):
        users = self.env["res.users"]
        for n in range(10):
            user = self.make_user(f"many{n}", "dealer_crm.group_sales_consultant")
            self.plan(user, visit=n + 1, order=1)
            users |= user
        costs = []
        for people in (users[:2], users):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.plans._get_progress_of(people, TODAY, self.branch)
            costs.append(self.env.cr.sql_log_count - start)
            lines = self.env["dealer.plan.line"].search([("user_id", "in", people.ids)])
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            lines.mapped("actual")
            costs.append(self.env.cr.sql_log_count - start)
        self.assertEqual(costs[:2], costs[2:])

    def test_last_month_is_copied_once(self):
        self.plan(date_from="2026-02-01", visit=30)
        self.plan(self.other, date_from="2026-02-01", visit=20)
        kept = self.plan(self.other, visit=25)
        self.call(self.manager, self.plans, "action_copy_last_month")
        march = self.plans.search([("date_from", "=", "2026-03-01")])
        self.assertEqual(march.user_id, self.consultant | self.other)
        self.assertEqual(kept.line_ids.target, 25)
        self.assertEqual((march - kept).line_ids.target, 30)
        with self.assert_refused(UserError, "no plan of last month"):
            self.call(self.manager, self.plans, "action_copy_last_month")

    def test_consultant_reads_his_own_and_sets_none(self):
        mine, other = self.plan(visit=1), self.plan(self.other, visit=1)
        found = self.call(self.consultant, self.plans, "search", [])
        self.assertIn(mine.id, found)
        self.assertNotIn(other.id, found)
        with self.assertRaises(AccessError):
            values = {"target": 0}
            lines = mine.line_ids
            self.call(self.consultant, lines, "write", lines.ids, values)
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_manager", self.other_branch
        )
        self.assertFalse(
            self.call(stranger, self.plans, "search", [("id", "=", mine.id)])
        )
        self.call(
            self.manager, mine.line_ids, "write", mine.line_ids.ids, {"target": 3}
        )
        self.assertEqual(mine.line_ids.target, 3)

    def test_bad_plans_are_refused(self):
        self.plan(visit=1)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.plan(date_from="2026-03-20", visit=2)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.plan(self.other, visit=-1)
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_consultant", self.other_branch
        )
        with self.assert_refused(ValidationError, "does not work"):
            self.plan(stranger, visit=1)
