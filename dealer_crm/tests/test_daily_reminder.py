# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .common import DealerCrmCase

TODAY = date(2026, 3, 10)
EVENING = "2026-03-10 11:30:00"  # 19:30 in Shanghai
REMINDER = "dealer_crm.mail_activity_type_daily_report"


@tagged("post_install", "-at_install")
@freeze_time(EVENING)
class TestDailyReminder(DealerCrmCase):
    """Who owes a report in the evening is reminded once; the manager sees who."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([("id", "!=", cls.branch.id)]).write(
            {"daily_report_hour": 0}
        )
        cls.branch.daily_report_hour = 19
        cls.other = cls.make_user("other", "dealer_crm.group_sales_consultant")
        cls.reports = cls.env["dealer.daily.report"]

    def remind(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "dealer_crm.ir_cron_remind_daily_reports"
            ).method_direct_trigger()

    def reminders(self, user=None):
        activities = self.env["mail.activity"].search(
            [("activity_type_id", "=", self.env.ref(REMINDER).id)]
        )
        return activities.filtered(lambda a: not user or a.user_id == user)

    def test_missing_report_is_reminded_of_once(self):
        self.remind()
        self.assertEqual(len(self.reminders(self.consultant)), 1)
        self.assertEqual(len(self.reminders(self.other)), 1)
        self.assertFalse(self.reminders(self.manager))
        before = self.reminders()
        self.remind()
        self.assertEqual(self.reminders(), before)

    def test_reminder_opens_the_report_and_ends_with_it(self):
        self.make_lead(next_contact_date="2026-03-11")
        self.remind()
        report = self.reports.browse(self.reminders(self.consultant).res_id)
        mine = report.with_user(self.consultant)
        self.assertEqual((mine.user_id, mine.date), (self.consultant, TODAY))
        self.assertEqual(len(mine.line_ids), 1)
        mine.action_submit()
        self.assertFalse(self.reminders(self.consultant))

    def test_submitted_reports_are_not_asked_for(self):
        self.reports.with_user(self.consultant).create({}).action_submit()
        self.remind()
        self.assertFalse(self.reminders(self.consultant))
        self.assertTrue(self.reminders(self.other))

    def test_draft_is_asked_for(self):
        draft = self.reports.with_user(self.consultant).create({})
        self.remind()
        self.assertEqual(self.reminders(self.consultant).res_id, draft.id)

    def test_nobody_is_reminded_before_the_set_time(self):
        with freeze_time("2026-03-10 10:59:00"):
            self.remind()
        self.assertFalse(self.reminders())

    def test_nobody_is_reminded_on_a_day_off(self):
        with freeze_time("2026-03-15 11:30:00"):  # a Sunday
            self.remind()
        self.assertFalse(self.reminders())

    def test_holiday_of_the_branch_is_a_day_off(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Fair",
                "calendar_id": self.branch.resource_calendar_id.id,
                "company_id": self.branch.id,
                "date_from": "2026-03-09 16:00:00",
                "date_to": "2026-03-10 15:59:59",
            }
        )
        self.remind()
        self.assertFalse(self.reminders())

    def test_absent_on_the_rota_owes_nothing(self):
        self.env["dealer.rota"].create(
            {
                "date": TODAY,
                "company_id": self.branch.id,
                "line_ids": [
                    (0, 0, {"user_id": self.consultant.id, "state": "absent"}),
                    (0, 0, {"user_id": self.other.id}),
                ],
            }
        )
        self.remind()
        self.assertFalse(self.reminders(self.consultant))
        self.assertTrue(self.reminders(self.other))

    def test_on_duty_on_a_day_off_owes_a_report(self):
        self.env["dealer.rota"].create(
            {
                "date": "2026-03-15",
                "company_id": self.branch.id,
                "line_ids": [(0, 0, {"user_id": self.other.id})],
            }
        )
        with freeze_time("2026-03-15 11:30:00"):
            self.remind()
        self.assertEqual(self.reminders().user_id, self.other)

    def test_floor_counts_reports_to_read_and_missing(self):
        self.reports.with_user(self.consultant).create({}).action_submit()
        counts = self.reports.with_user(self.manager)._get_floor_counts(self.branch)
        expected = self.reports._get_expected_users(self.branch, TODAY)
        self.assertEqual(counts["to_read"], 1)
        self.assertEqual(counts["missing"], len(expected) - 1)
        self.assertNotIn(
            self.consultant, self.reports._get_missing_users(self.branch, TODAY)
        )

    def test_job_costs_the_same_for_more_people(self):
        costs = []
        for number in (2, 8):
            day = date(2026, 3, 10 + len(costs))
            for n in range(number):
                self.make_user(f"many{number}{n}", "dealer_crm.group_sales_consultant")
            self.reports._get_missing_users(self.branch, day)
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.reports._get_missing_users(self.branch, day)
            costs.append(self.env.cr.sql_log_count - start)
        self.assertEqual(costs[0], costs[1])
