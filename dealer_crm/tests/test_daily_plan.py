# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

TOMORROW = date(2026, 3, 11)
FOLLOW_UP = "dealer_crm.mail_activity_type_follow_up"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDailyPlan(DealerCrmCase):
    """Plan in the evening, do and check on the next day, act in the evening again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.due = cls.make_lead(next_contact_date="2026-03-11")
        cls.later = cls.make_lead(next_contact_date="2026-03-20")

    def report(self, **values):
        return self.env["dealer.daily.report"].with_user(self.consultant).create(values)

    def follow_ups(self, lead):
        return lead.sudo().activity_search([FOLLOW_UP])

    def test_plan_begins_with_what_is_due(self):
        promise = (
            self.env["dealer.promise"]
            .with_user(self.consultant)
            .create(
                {"name": "Price", "lead_id": self.later.id, "date_due": "2026-03-11"}
            )
        )
        report = self.report()
        self.assertEqual(report.plan_date, TOMORROW)
        lines = {line.lead_id: line for line in report.line_ids}
        self.assertEqual(lines.keys(), {self.due, self.later})
        self.assertEqual(lines[self.later].activity_id, promise.sudo().activity_id)
        self.assertEqual(lines[self.later].kind, "promise")

    def test_plan_skips_days_off(self):
        with freeze_time("2026-03-13 04:00:00"):  # a Friday
            self.assertEqual(self.report().plan_date, date(2026, 3, 16))

    def test_planned_leads_keep_one_follow_up(self):
        report = self.report()
        self.env["dealer.daily.line"].with_user(self.consultant).create(
            {"report_id": report.id, "lead_id": self.later.id, "name": "Invite him"}
        )
        before = self.follow_ups(self.due)
        report.action_submit()
        self.assertEqual(self.follow_ups(self.due), before)
        self.assertEqual(self.follow_ups(self.later).date_deadline, TOMORROW)
        self.assertEqual(self.later.next_contact_date, TOMORROW)
        linked = report.line_ids.sudo().activity_id
        self.assertEqual(
            linked, self.follow_ups(self.due) | self.follow_ups(self.later)
        )

    def test_line_without_a_lead_becomes_a_to_do_once(self):
        report = self.report(line_ids=[(0, 0, {"name": "Clean the demo car"})])
        report.action_submit()
        task = report.line_ids.sudo().activity_id
        self.assertRecordValues(
            task,
            [
                {
                    "summary": "Clean the demo car",
                    "date_deadline": TOMORROW,
                    "user_id": self.consultant.id,
                }
            ],
        )
        read = report.with_user(self.manager)
        read.instruction = "More"
        read.action_send_back()
        report.action_submit()
        self.assertEqual(report.line_ids.sudo().activity_id, task)

    def test_done_marks_come_from_the_ledger(self):
        report = self.report()
        tried = self.make_lead(next_contact_date="2026-03-11")
        report.action_refresh_plan()
        self.assertEqual(len(report.line_ids), 2)
        report.action_submit()
        with freeze_time("2026-03-11 03:00:00"):
            following = self.report()
            self.assertEqual(following.today_line_ids, report.line_ids)
            self.assertEqual(set(report.line_ids.mapped("result")), {"open"})
            self.log_contact(self.due)
            self.log_contact(tried, outcome="not_reached")
            self.env.invalidate_all()
            results = {x.lead_id: x.result for x in following.today_line_ids}
            self.assertEqual(results, {self.due: "done", tried: "tried"})
            self.assertEqual(following.plan_done, "2 / 2")

    def test_what_nobody_did_is_missed(self):
        report = self.report()
        report.action_submit()
        with freeze_time("2026-03-12 03:00:00"):
            self.env.invalidate_all()
            self.assertEqual(report.line_ids.result, "missed")
            report.line_ids.action_toggle_done()
            self.assertEqual(report.line_ids.result, "done")

    def test_refresh_doubles_nothing(self):
        report = self.report()
        report.action_refresh_plan()
        report.action_refresh_plan()
        self.assertEqual(report.line_ids.lead_id, self.due)
        self.assertEqual(len(report.line_ids), 1)

    def test_plan_is_for_a_later_day(self):
        report = self.report()
        with self.assert_refused(ValidationError, "after the report"):
            report.plan_date = "2026-03-10"

    def test_plan_names_no_lead_of_others(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        foreign = self.make_lead(user_id=other.id)
        report = self.report()
        with self.assertRaises(AccessError):
            report.write({"line_ids": [(0, 0, {"name": "x", "lead_id": foreign.id})]})

    def test_links_no_task_of_others(self):
        task = (
            self.env["mail.activity"]
            .sudo()
            .create(
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "user_id": self.manager.id,
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                    "res_id": self.due.id,
                }
            )
        )
        report = self.report()
        with self.assert_refused(AccessError, "own person"):
            report.write({"line_ids": [(0, 0, {"name": "x", "activity_id": task.id})]})

    def test_others_tick_nothing(self):
        report = self.report()
        report.action_submit()
        with self.assert_refused(AccessError, "his own plan"):
            report.line_ids.with_user(self.manager).action_toggle_done()
