# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDailyPaper(DealerCrmCase):
    """Daily report, morning pack, evening pack and weekly session as HTML."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_lead(
            name="Zhao wants a Lavida", contact_name="Zhao Testa", phone="13912340000"
        )
        cls.due = cls.make_lead(
            name="Qian is due", next_contact_date="2026-03-10", contact_name="Qian"
        )

    def setUp(self):
        super().setUp()
        self.log_contact(self.lead, content="Wants <b>a discount</b>")
        self.report = (
            self.env["dealer.daily.report"]
            .with_user(self.consultant)
            .create(
                {
                    "summary": "One good talk",
                    "line_ids": [(0, 0, {"name": "Clean the demo car", "time": 9.5})],
                }
            )
        )

    def render(self, name, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.consultant)
        html, _kind = reports._render_qweb_html(f"dealer_crm.{name}", records.ids)
        return html.decode()

    def test_daily_report_tells_the_day(self):
        html = self.render("report_daily_report", self.report)
        for text in ("One good talk", "Zhao wants a Lavida", "Clean the demo car"):
            self.assertIn(text, html)
        self.assertIn("09:30", html)
        self.assertIn("Wants &lt;b&gt;a discount", html)

    def test_month_and_plan_stand_beside_the_day(self):
        self.env["dealer.plan"].create(
            {
                "user_id": self.consultant.id,
                "company_id": self.branch.id,
                "date_from": "2026-03-01",
                "line_ids": [(0, 0, {"measure": "contact", "target": 777})],
            }
        )
        self.assertIn("777", self.render("report_daily_report", self.report))

    def test_morning_pack_has_arrangement_and_due_contacts(self):
        self.env["dealer.daily.brief"].create(
            {
                "arrangement": "Everybody at the door",
                "company_id": self.branch.id,
                "user_id": self.manager.id,
            }
        )
        self.env["calendar.event"].with_user(self.consultant).create(
            {
                "name": "Test drive with Sun",
                "start": "2026-03-10 06:00:00",
                "stop": "2026-03-10 07:00:00",
            }
        )
        html = self.render("report_morning_pack", self.report)
        for text in ("Everybody at the door", "Qian is due", "Test drive with Sun"):
            self.assertIn(text, html)
        self.assertIn("14:00", html)

    def test_evening_pack_has_its_three_parts(self):
        html = self.render("report_evening_pack", self.report, self.manager)
        for text in ("Sales Daily Report", "Grade Progress Table", "Card"):
            self.assertIn(text, html)
        self.assertIn("Zhao Testa", html)
        self.assertNotIn("Qian", html)
        log = self.env["dealer.access.log"].search([], limit=1, order="id desc")
        self.assertEqual((log.kind, log.user_id), ("print", self.manager))

    def test_nobody_prints_the_report_of_another(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        for name in ("daily_report", "morning_pack", "evening_pack"):
            with self.assertRaises(AccessError):
                self.render(f"report_{name}", self.report, other)

    def test_session_on_paper(self):
        self.lead.action_set_won()
        with freeze_time("2026-03-16 04:00:00"):
            session = (
                self.env["dealer.sales.session"]
                .with_user(self.manager)
                .create({"minutes": "Praise for Zhao"})
            )
            html = self.render("report_sales_session", session, self.manager)
        self.assertIn("Praise for Zhao", html)
        self.assertIn("Zhao wants a Lavida", html)
