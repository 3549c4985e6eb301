# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

MARCH = date(2026, 3, 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeProgress(DealerCrmCase):
    """GRD-14: 潜在顾客等级推进表"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ("o", "h", "a", "b", "c")
        cls.grades = {code: cls.env.ref(f"dealer_crm.grade_{code}") for code in codes}

    def move(self, lead, day, code, reason="Says so"):
        with freeze_time(f"{day} 04:00:00"):
            values = {"grade_id": self.grades[code].id, "grade_reason": reason}
            lead.with_user(self.consultant).write(values)

    def climbing_lead(self):
        """C since February, in March B, A and O."""
        with freeze_time("2026-02-10 04:00:00"):
            lead = self.make_lead(contact_name="Climber Testa")
        self.move(lead, "2026-02-10", "c")
        for day, code in (
            ("2026-03-03", "b"),
            ("2026-03-12", "a"),
            ("2026-03-20", "o"),
        ):
            self.move(lead, day, code)
        return lead

    def rows(self, users=None, month=MARCH, user=None):
        logs = self.env["dealer.grade.log"].with_user(user or self.manager)
        return logs._get_progress_rows(users or self.consultant, month)

    def test_lead_from_c_to_o_is_one_row_with_three_dates(self):
        lead = self.climbing_lead()
        with freeze_time("2026-04-01 04:00:00"):
            rows = [row for row in self.rows() if row["lead"] == lead]
        self.assertEqual(len(rows), 1)
        row = rows[0]
        self.assertEqual(row["start"], self.grades["c"])
        self.assertEqual(row["end"], self.grades["o"])
        self.assertEqual(row["state"], "open")
        self.assertEqual(
            [(log.date.day, log.grade_to_id.code) for log in row["changes"]],
            [(3, "B"), (12, "A"), (20, "O")],
        )

    def test_kept_and_lapsed_grades_are_no_change(self):
        lead = self.climbing_lead()
        with freeze_time("2026-03-25 04:00:00"):
            lead._answer_grade_question("follow_up")
        row = next(row for row in self.rows() if row["lead"] == lead)
        self.assertEqual(len(row["changes"]), 3)

    def test_totals_match(self):
        self.climbing_lead()
        with freeze_time("2026-02-15 04:00:00"):
            won, lost, still = (self.make_lead() for _count in range(3))
            for lead in (won, lost, still):
                self.move(lead, "2026-02-15", "h")
        self.move(self.make_lead(), "2026-03-05", "b")
        with freeze_time("2026-03-08 04:00:00"):
            won.action_set_won()
            lost.action_set_lost()
        tables = (
            self.env["dealer.grade.log"]
            .with_user(self.manager)
            ._get_progress_tables(self.consultant, MARCH)
        )
        self.assertEqual(len(tables), 1)
        totals = {t["grade"].code or "": t for t in tables[0]["totals"]}
        for total in totals.values():
            self.assertEqual(
                total["start"]
                + total["moved_in"]
                - total["moved_out"]
                - total["closed"],
                total["left"],
                total,
            )
        self.assertEqual(totals["H"]["start"], 3)
        self.assertEqual(totals["H"]["closed"], 2)
        self.assertEqual(totals["H"]["left"], 1)
        self.assertEqual(totals["B"]["moved_in"], 2)
        self.assertEqual(totals["O"]["left"], 1)
        self.assertEqual(
            sum(t["start"] for t in totals.values()), len(tables[0]["rows"])
        )

    def test_states_of_the_months_end(self):
        with freeze_time("2026-02-15 04:00:00"):
            lead = self.make_lead()
        self.move(lead, "2026-02-15", "h")
        with freeze_time("2026-04-02 04:00:00"):
            lead.action_set_won()
        states = [row["state"] for row in self.rows() if row["lead"] == lead]
        self.assertEqual(states, ["open"], "won in April")
        april = [r for r in self.rows(month=date(2026, 4, 9)) if r["lead"] == lead]
        self.assertEqual([row["state"] for row in april], ["won"])
        may = [r for r in self.rows(month=date(2026, 5, 1)) if r["lead"] == lead]
        self.assertFalse(may)

    def test_month_is_the_branchs(self):
        lead = self.make_lead()
        with freeze_time("2026-03-31 16:30:00"):  # the first of April in Shanghai
            lead.with_user(self.consultant).grade_id = self.grades["b"]
        self.assertFalse([row for row in self.rows() if row["lead"] == lead])
        april = self.rows(month=date(2026, 4, 1))
        self.assertTrue([row for row in april if row["lead"] == lead])

    def test_consultant_sees_his_own_table_only(self):
        self.climbing_lead()
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        rows = self.rows(self.consultant + other, user=other)
        self.assertFalse(rows)
        rows = self.rows(self.consultant + other, user=self.consultant)
        self.assertEqual({row["user"] for row in rows}, {self.consultant})

    def test_queries_do_not_grow_with_the_leads(self):
        counts = []
        for number in (3, 25):
            for _count in range(number):
                self.climbing_lead()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            tables = self.env["dealer.grade.log"]._get_progress_tables(
                self.consultant, MARCH
            )
            for row in tables[0]["rows"]:
                str((row["lead"].partner_id.name, row["lead"].contact_name))
                str(row["changes"].mapped("grade_to_id.code"))
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    def test_printed_in_chinese_and_english(self):
        self.climbing_lead()
        wizard = self.env["dealer.grade.progress"].with_user(self.consultant)
        wizard = wizard.create({"month": MARCH})
        self.assertEqual(wizard.user_ids, self.consultant)
        self.assertIn("Climber Testa", wizard.body)
        report = "dealer_crm.report_grade_progress"
        for lang in ("en_US", "zh_CN"):
            reports = self.env["ir.actions.report"].with_user(self.consultant)
            html, _kind = reports.with_context(lang=lang)._render_qweb_html(
                report, wizard.ids
            )
            text = html.decode()
            for part in ("Climber Testa", "03-03", "03-12", "03-20"):
                self.assertIn(part, text)

    def test_manager_prints_everybody(self):
        self.climbing_lead()
        wizard = (
            self.env["dealer.grade.progress"]
            .with_user(self.manager)
            .create({"month": MARCH})
        )
        self.assertFalse(wizard.user_ids)
        self.assertIn(self.consultant, wizard._get_users())
        self.assertIn("Climber Testa", wizard.body)

    def test_staff_outside_of_sales_has_no_table(self):
        desk = self.make_user("desk", "dealer_crm.group_dealer_user")
        with self.assertRaises(AccessError):
            self.call(desk, "dealer.grade.progress", "create", [{}])
