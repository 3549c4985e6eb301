# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import NOW, DealerCrmCase

TOMORROW = date(2026, 3, 11)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDailyReport(DealerCrmCase):
    """The day of a consultant: counted, submitted, read, planned on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_user("other", "dealer_crm.group_sales_consultant")
        cls.lead = cls.make_lead()

    def report(self, user=None, **values):
        reports = self.env["dealer.daily.report"].with_user(user or self.consultant)
        return reports.create(values)

    def visit(self, **values):
        defaults = {
            "channel": "visit",
            "purpose": "look",
            "visitor_name": "Visitor",
            "user_id": self.consultant.id,
            "company_id": self.branch.id,
        }
        return self.env["dealer.contact"].create(defaults | values)

    def test_one_click_opens_the_same_report(self):
        reports = self.env["dealer.daily.report"]
        first = self.call(self.consultant, reports, "action_open_today")
        again = self.call(self.consultant, reports, "action_open_today")
        self.assertEqual(first["res_id"], again["res_id"])
        report = reports.browse(first["res_id"])
        self.assertEqual(
            (report.user_id, report.date), (self.consultant, date(2026, 3, 10))
        )

    def test_counts_equal_the_registers(self):
        self.visit()
        self.visit(purpose="consult", date="2026-03-09 16:00:00")  # 0:00 in Shanghai
        self.visit(date="2026-03-09 15:59:59")  # the day before, branch time
        self.visit(purpose="service")  # no traffic of sales
        self.visit(user_id=self.other.id)
        self.visit(channel="phone", direction="in", purpose="inquiry")
        self.log_contact(self.lead)
        self.log_contact(self.lead, outcome="not_reached")
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id IN %s",
            (NOW, (self.lead.id, self.make_lead(user_id=self.other.id).id)),
        )
        report = self.report()
        self.assertRecordValues(
            report,
            [
                {
                    "visit_count": 2,
                    "call_in_count": 1,
                    "call_out_count": 2,
                    "contact_count": 1,
                    "lead_count": 1,
                    "filed_count": 0,
                    "order_count": 0,
                    "delivery_count": 0,
                }
            ],
        )
        for key in ("visit", "call_in", "call_out", "contact", "lead"):
            action = report.with_context(figure=key).action_open_figure()
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(found), report[f"{key}_count"], key)
            self.assertEqual(found.user_id, self.consultant, key)

    def test_filed_ordered_and_delivered(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        self.lead.write({"budget_max": 100000, "source_id": source.id})
        self.lead.with_user(self.consultant).action_put_on_file()
        customer = self.make_customer()
        order = self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "opportunity_id": self.lead.id,
                "user_id": self.consultant.id,
            }
        )
        report = self.report()
        self.assertEqual((report.filed_count, report.order_count), (1, 0))
        order.action_confirm()
        self.env["dealer.vehicle.party"].create(
            {
                "vehicle_id": self.make_car().id,
                "partner_id": customer.id,
                "role": "owner",
                "date_from": "2026-03-10",
                "sale_order_id": order.id,
            }
        )
        report.invalidate_recordset()
        self.assertEqual((report.order_count, report.delivery_count), (1, 1))

    def test_figures_are_live_until_submitted(self):
        report = self.report()
        self.visit()
        report.invalidate_recordset()
        self.assertEqual(report.visit_count, 1)
        report.action_submit()
        self.visit()
        report.invalidate_recordset()
        self.assertEqual((report.visit_count, len(report.contact_ids)), (1, 1))
        action = report.with_context(figure="visit").action_open_figure()
        self.assertEqual(self.env["dealer.contact"].search_count(action["domain"]), 1)

    def test_counts_of_many_reports_cost_the_same(self):
        users = [
            self.make_user(f"many{n}", "dealer_crm.group_sales_consultant")
            for n in range(12)
        ]
        few = self.report() | self.report(self.other)
        many = few.union(*(self.report(user) for user in users)).sudo()
        names = ["visit_count", "grade_summary", "plan_done"]
        costs = []
        for reports in (few.sudo(), many):
            reports.read(names)
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            reports.read(names)
            costs.append(self.env.cr.sql_log_count - start)
        self.assertEqual(costs[0], costs[1])

    def test_submitted_is_closed_for_its_author(self):
        report = self.report(summary="Good day")
        report.action_submit()
        self.assertEqual(report.approval_state, "submitted")
        with self.assert_refused(UserError, "was submitted"):
            self.call(self.consultant, report, "write", report.ids, {"summary": "x"})
        with self.assert_refused(UserError, "was submitted"):
            values = {"line_ids": [(0, 0, {"name": "later"})]}
            self.call(self.consultant, report, "write", report.ids, values)
        with self.assert_refused(UserError, "was submitted"):
            lines = self.env["dealer.daily.line"]
            values = [{"report_id": report.id, "name": "x"}]
            self.call(self.consultant, lines, "create", values)
        with self.assert_refused(UserError, "kept"):
            self.call(self.consultant, report, "unlink", report.ids)

    def test_manager_reads_and_instructs_tomorrow(self):
        report = self.report()
        report.action_submit()
        read = report.with_user(self.manager)
        read.instruction = "Call Zhao first"
        read.action_approve()
        self.assertRecordValues(
            report,
            [{"approval_state": "approved", "approval_decided_by_id": self.manager.id}],
        )
        with freeze_time("2026-03-11 01:00:00"):
            following = self.report()
            self.assertEqual(following.previous_instruction, "Call Zhao first")
            self.assertEqual(following.previous_id, report)

    def test_sent_back_with_a_reason_and_submitted_again(self):
        report = self.report()
        report.action_submit()
        read = report.with_user(self.manager)
        with self.assert_refused(UserError, "corrected"):
            read.action_send_back()
        read.instruction = "The visits are missing"
        read.action_send_back()
        log = self.env["dealer.approval.log"].search(
            [("res_model", "=", report._name), ("res_id", "=", report.id)], limit=1
        )
        self.assertEqual((log.state_to, log.reason), ("refused", read.instruction))
        self.visit()
        report.with_user(self.consultant).write({"summary": "Now with visits"})
        report.with_user(self.consultant).action_submit()
        self.assertEqual((report.approval_state, report.visit_count), ("submitted", 1))

    def test_instruction_is_the_managers(self):
        report = self.report()
        with self.assert_refused(AccessError, "Only the manager instructs"):
            self.call(
                self.consultant, report, "write", report.ids, {"instruction": "!"}
            )
        with self.assert_refused(AccessError, "instructions are the manager"):
            self.report(instruction="!", date="2026-03-09")
        mine = self.report(self.manager)
        with self.assert_refused(AccessError, "never on his own"):
            self.call(self.manager, mine, "write", mine.ids, {"instruction": "!"})
        mine.action_submit()
        with self.assert_refused(AccessError, "another person"):
            mine.action_approve()

    def test_manager_writes_no_report_for_another(self):
        report = self.report()
        with self.assert_refused(AccessError, "his own"):
            self.call(self.manager, report, "write", report.ids, {"summary": "x"})
        with self.assert_refused(AccessError, "his own"):
            self.report(self.manager, user_id=self.consultant.id)
        with self.assert_refused(AccessError, "his own"):
            self.call(self.manager, report, "action_submit", report.ids)
        with self.assert_refused(AccessError, "figures"):
            values = {"figures": {"counts": {"visit": 99}}}
            self.call(self.consultant, report, "write", report.ids, values)
        with self.assert_refused(AccessError, "counted by the system"):
            reports = report.browse().with_context(default_figures={})
            reports.create({"date": "2026-03-09"})

    def test_who_reads_whose_report(self):
        report = self.report()
        receptionist = self.make_user("front", "dealer_crm.group_receptionist")
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_manager", self.other_branch
        )
        for user in (self.consultant, self.manager, self.director):
            rows = self.call(user, report, "search_read", [], ["visit_count"])
            self.assertIn(report.id, [row["id"] for row in rows])
        for user in (self.other, stranger):
            self.assertFalse(self.call(user, report, "search", []))
            with self.assertRaises(AccessError):
                self.call(user, report, "read", report.ids, ["summary"])
        with self.assertRaises(AccessError):
            self.call(receptionist, report, "search", [])

    def test_one_report_per_person_and_day(self):
        self.report()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.report()

    def test_report_of_tomorrow_or_of_another_branch_is_refused(self):
        with self.assert_refused(ValidationError, "today or an earlier"):
            self.report(date=TOMORROW)
        with self.assert_refused(ValidationError, "does not work"):
            self.report(company_id=self.other_branch.id)

    def test_arrangement_is_confirmed_or_discussed(self):
        brief = (
            self.env["dealer.daily.brief"]
            .with_user(self.manager)
            .create({"arrangement": "Test drives from 10"})
        )
        report = self.report()
        self.assertEqual(report.arrangement, "Test drives from 10")
        with self.assert_refused(UserError, "what should change"):
            report.action_ask_adjustment()
        report.confirm_remark = "I am at the fair"
        report.action_ask_adjustment()
        self.assertEqual(brief.report_ids.confirm_state, "adjust")
        report.action_confirm()
        self.assertEqual(brief.report_ids.confirm_state, "confirmed")
        brief.arrangement = "Test drives from 11"
        self.assertEqual(report.confirm_state, "waiting")
        with self.assertRaises(AccessError):
            brief.with_user(self.consultant).arrangement = "Day off"

    def test_unticked_items_show_to_the_manager(self):
        items = self.env["dealer.checklist.item"].search([], limit=2)
        report = self.report()
        report.checked_item_ids = items[0]
        seen = report.with_user(self.manager).unchecked_items
        self.assertNotIn(items[0].name, seen)
        self.assertIn(items[1].name, seen)

    def test_contacts_are_listed_in_their_order(self):
        late = self.visit(date=datetime(2026, 3, 10, 3, 0))
        early = self.visit(date=datetime(2026, 3, 10, 2, 0))
        self.assertEqual(self.report().contact_ids.ids, [early.id, late.id])

    def test_reports_leave_the_house_by_managers(self):
        report = self.report()
        with self.assert_refused(AccessError, "does not take lists"):
            self.call(self.consultant, report, "export_data", report.ids, ["date"])
        rows = self.call(self.manager, report, "export_data", report.ids, ["date"])
        self.assertEqual(str(rows["datas"][0][0]), "2026-03-10")
