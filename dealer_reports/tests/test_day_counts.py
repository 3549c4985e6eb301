# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ReportsCase

TODAY = date(2026, 3, 10)
#: (values of the line, how many of it): a day of the showroom
DAY = (
    ({"visitor_phone": True, "party_size": 2}, 3),
    ({"purpose": "buy", "is_repeat": True}, 2),
    ({"purpose": "service", "party_size": 4}, 1),
    ({"purpose": "delivery", "visitor_phone": True}, 1),
    ({"channel": "phone", "purpose": "consult", "visitor_phone": True}, 2),
    ({"channel": "phone", "purpose": "service"}, 1),
    ({"channel": "phone", "purpose": "follow_up", "direction": "out"}, 4),
)
#: just before and just after the branch's day, in UTC
OUTSIDE = ("2026-03-09 15:59:59", "2026-03-10 16:00:00")


@tagged("post_install", "-at_install")
class TestDayCounts(ReportsCase):
    """One day, told by four screens: they never disagree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.partner_id.tz = "Asia/Shanghai"
        moment = datetime(2026, 3, 9, 16)  # midnight at the branch
        with freeze_time(OUTSIDE[-1]):
            for values, number in DAY:
                for _index in range(number):
                    cls.make_line(date=moment, **values)
                    moment += timedelta(hours=1, minutes=40)
            for outside in OUTSIDE:
                cls.make_line(date=outside, visitor_phone=True)

    @classmethod
    def make_line(cls, visitor_phone=False, **values):
        return cls.env["dealer.contact"].create(
            {
                "channel": "visit",
                "direction": "in",
                "purpose": "look",
                "outcome": "reached",
                "visitor_name": "Sun Testa",
                "visitor_phone": visitor_phone and cls.next_phone(),
                "is_read_back": True,
                "user_id": cls.consultant.id,
                "company_id": cls.branch.id,
                **values,
            }
        )

    def count_floor(self):
        floor = self.env["dealer.floor"].with_company(self.branch)
        counts = floor._get_floor_counts(self.branch)
        return {count["key"]: count["value"] for count in counts}

    def count_register(self, action, *domain):
        found = self.env["dealer.contact"].search(
            [
                *safe_eval(self.env.ref(f"dealer_crm.{action}").domain),
                ("company_id", "=", self.branch.id),
                *domain,
            ]
        )
        return found.filtered(lambda line: line._get_branch_day() == TODAY)

    @freeze_time("2026-03-10 15:59:00")  # a minute before the branch's midnight
    def test_floor_registers_daily_report_and_plan_agree(self):
        floor = self.count_floor()
        report = self.env["dealer.daily.report"].create(
            {"user_id": self.consultant.id, "date": TODAY}
        )
        done = self.env["dealer.plan"]._get_progress(
            self.consultant, TODAY, self.branch
        )
        visits = self.count_register("dealer_contact_action_visits")
        calls = self.count_register("dealer_contact_action_calls")
        batches = visits.filtered("is_counted")
        self.assertEqual((len(visits), len(calls)), (7, 3))
        self.assertEqual(len(batches), 5)
        self.assertEqual(floor["batches"], 5)
        self.assertEqual(report.visit_count, 5)
        self.assertEqual(done["visit"]["done_day"], 5)
        self.assertEqual(floor["calls"], 2)
        self.assertEqual(report.call_in_count, 2)
        self.assertEqual(report.call_out_count, 4)
        self.assertEqual((floor["first"], floor["repeat"]), (3, 2))
        self.assertEqual(len(batches.filtered("is_first")), 3)
        self.assertEqual(floor["people"], sum(visits.mapped("party_size")))

    @freeze_time("2026-03-10 15:59:00")
    def test_entry_rate_is_over_what_the_floor_says_left_data(self):
        kpi = self.env.ref("dealer_reports.kpi_same_day_entry")
        line = kpi._compute_lines(self.branch, TODAY, TODAY)[0]
        calls = self.count_register(
            "dealer_contact_action_calls",
            ("is_counted", "=", True),
            ("has_left_data", "=", True),
        )
        self.assertEqual(self.count_floor()["data"], 3)
        self.assertEqual(line["denominator"], 3 + len(calls))
