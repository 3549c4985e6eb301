# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .register_common import RegisterCase

FLOW, VISITS, CALLS = "visitor_flow", "visit_register", "call_register"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRegisterPrints(RegisterCase):
    """The three papers of the reception say what the lists say."""

    def make_day(self):
        """Five visits: four count, one came again, two left name and phone."""
        phone = "13800138000"
        lines = self.visit(visitor_name="Qian Testa", visitor_phone=phone, party_size=3)
        lines |= self.visit(visitor_name="Sun Testa", visitor_phone=self.next_phone())
        lines |= self.visit(visitor_name="Li Testa", is_repeat=True, user_id=self.wu.id)
        lines |= self.visit(visitor_name="Zhou Testa", date="2026-03-10 02:00:00")
        return lines | self.visit(visitor_name="Wu Testa", purpose="service")

    def sheets(self, name, lines, user=None):
        report = self.env[f"report.dealer_crm.report_{name}"]
        return report.with_user(user or self.front)._get_report_values(lines.ids)[
            "sheets"
        ]

    def test_day_sheet_has_the_rows_and_totals_of_the_paper(self):
        lines = self.make_day()
        (sheet,) = self.sheets(FLOW, lines)
        self.assertEqual([row["number"] for row in sheet["rows"]], [1, 2, 3, 4, 5])
        self.assertEqual(sheet["rows"][0]["time_in"], "10:00")
        totals = dict(sheet["totals"])
        self.assertEqual(
            totals,
            {
                "Lines": 5,
                "People": 7,
                "Counted": 4,
                "First": 3,
                "Again": 1,
                "Data left": 2,
            },
        )

    def test_each_day_has_its_own_sheet(self):
        lines = self.make_day()
        lines |= self.visit(date="2026-03-09 04:00:00", user_id=self.wu.id)
        self.assertEqual(len(self.sheets(FLOW, lines)), 2)
        self.assertEqual(len(self.sheets(VISITS, lines)), 1)

    def test_printed_register_equals_the_list(self):
        lines = self.make_day()
        lines[0].sudo().lead_id = self.make_lead(user_id=self.li.id)
        lines[0].sudo().lead_id.grade_id = self.env.ref("dealer_crm.grade_b")
        lines[0].visit_result = "quoted"
        (sheet,) = self.sheets(VISITS, lines)
        self.assertEqual(
            [row["name"] for row in sheet["rows"]],
            lines.sorted(lambda c: (c.date, c.id)).mapped("visitor_name"),
        )
        row = next(r for r in sheet["rows"] if r["name"] == "Qian Testa")
        self.assertEqual(
            (row["phone"], row["result"], row["grade"]), ("13800138000", "Quoted", "B")
        )

    def test_another_consultant_prints_masked_phones(self):
        lines = self.make_day()[0]
        lines.sudo().write({"user_id": self.wu.id})
        (sheet,) = self.sheets(VISITS, lines, self.xu)
        self.assertEqual(sheet["rows"][0]["phone"], "138****8000")

    def test_calls_have_their_own_paper(self):
        calls = self.phone_call(visitor_name="Sun Testa", visitor_address="8 Test Road")
        (sheet,) = self.sheets(CALLS, calls | self.make_day())
        (row,) = sheet["rows"]
        self.assertEqual((row["name"], row["address"]), ("Sun Testa", "8 Test Road"))
        with self.assert_refused(UserError, "no line"):
            self.sheets(CALLS, self.visit())

    def test_button_prints_todays_lines_of_the_branch(self):
        lines = self.make_day()
        self.visit(date="2026-03-09 04:00:00", user_id=self.wu.id)
        action = self.env["dealer.contact"].with_user(self.front).action_print_day()
        self.assertEqual(set(action["context"]["active_ids"]), set(lines.ids))

    def test_paper_renders_with_empty_fields_in_both_languages(self):
        lines = self.make_day() | self.phone_call(visitor_phone=self.next_phone())
        for name in (FLOW, VISITS, CALLS):
            for lang in ("en_US", "zh_CN"):
                report = self.env["ir.actions.report"].with_context(lang=lang)
                html, _kind = report._render_qweb_html(
                    f"dealer_crm.report_{name}", lines.ids
                )
                self.assertIn(b"<table", html)

    def test_only_staff_prints(self):
        clerk = self.make_user("clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.sheets(FLOW, self.visit(), clerk)
