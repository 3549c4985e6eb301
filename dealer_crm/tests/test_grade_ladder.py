# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import NOW, DealerCrmCase

DEFAULT = {
    -5: "H",
    0: "H",
    7: "H",
    8: "A",
    30: "A",
    31: "B",
    90: "B",
    91: "C",
    400: "C",
}
SHORT = {
    0: "H",
    7: "H",
    8: "A",
    15: "A",
    16: "B",
    30: "B",
    31: "C",
    90: "C",
    91: "C",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeLadder(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.default = cls.env.ref("dealer_crm.ladder_default")
        cls.short = cls.env.ref("dealer_crm.ladder_short")

    def propose(self, days):
        lead = self.make_lead(
            purchase_date_expected=date(2026, 3, 10) + timedelta(days)
        )
        return lead.grade_proposal_id

    def test_both_ladders_are_shipped(self):
        """GRD-01, GRD-05"""
        self.assertEqual(
            self.default.grade_ids.mapped("code"), ["O", "H", "A", "B+", "B", "C"]
        )
        self.assertEqual(
            self.default.grade_ids.mapped("contact_interval"), [7, 2, 7, 15, 15, 30]
        )
        self.assertEqual(self.short.grade_ids.mapped("code"), ["O", "H", "A", "B", "C"])
        self.assertTrue(all(self.default.grade_ids.mapped("features")))

    def test_boundary_days_of_the_default_ladder(self):
        for days, code in DEFAULT.items():
            grade = self.propose(days)
            self.assertEqual((grade.code, grade.ladder_id), (code, self.default), days)

    def test_boundary_days_of_the_short_ladder(self):
        self.short.with_user(self.manager).action_use()
        for days, code in SHORT.items():
            grade = self.propose(days)
            self.assertEqual((grade.code, grade.ladder_id), (code, self.short), days)

    def test_ordered_is_never_proposed_from_a_date(self):
        codes = {self.propose(days).code for days in range(0, 200, 7)}
        self.assertNotIn("O", codes)

    def test_today_is_the_branchs_day(self):
        """At 20:00 UTC it is already tomorrow in Shanghai."""
        lead = self.make_lead(purchase_date_expected="2026-03-18")
        self.assertEqual(lead.grade_proposal_id.code, "A")
        with freeze_time("2026-03-10 20:00:00"):
            lead.invalidate_recordset()
            self.assertEqual(lead.grade_proposal_id.code, "H")
            self.branch.partner_id.tz = "America/New_York"
            lead.invalidate_recordset()
            self.assertEqual(lead.grade_proposal_id.code, "A")

    def test_branches_use_their_own_ladder(self):
        self.other_branch.grade_ladder_id = self.short
        here = self.make_lead(purchase_date_expected="2026-05-01")
        there = self.make_lead(
            purchase_date_expected="2026-05-01",
            company_id=self.other_branch.id,
            user_id=False,
        )
        self.assertEqual(here.grade_proposal_id.code, "B")
        self.assertEqual(
            there.grade_proposal_id, self.env.ref("dealer_crm.grade_short_c")
        )

    def test_grade_of_another_ladder_is_refused(self):
        lead = self.make_lead(grade_id=self.env.ref("dealer_crm.grade_a").id)
        foreign = self.env.ref("dealer_crm.grade_short_c")
        with self.assert_refused(ValidationError, "another ladder"):
            lead.with_user(self.consultant).grade_id = foreign
        self.branch.grade_ladder_id = self.short
        lead.with_user(self.consultant).write({"contact_name": "Zhao Two"})
        lead.with_user(self.consultant).grade_id = foreign
        self.assertEqual(lead.grade_id, foreign)

    def test_new_branch_gets_the_default_ladder(self):
        self.assertEqual(self.other_branch.grade_ladder_id, self.default)

    def test_code_means_the_rung_of_the_branch(self):
        for ladder in (self.default, self.short):
            self.branch.grade_ladder_id = ladder
            found = self.env["dealer.grade"].name_search("H", operator="=")
            self.assertEqual(
                [hit[0] for hit in found],
                ladder.grade_ids.filtered(lambda g: g.code == "H").ids,
            )

    def test_manager_edits_the_ladder_consultant_does_not(self):
        grade = self.default.grade_ids[0]
        grade.with_user(self.manager).write({"contact_interval": 4, "name": "Signed"})
        self.assertEqual(grade.contact_interval, 4)
        for record, method in ((grade, "write"), (self.default, "write")):
            with self.assertRaises(AccessError):
                getattr(record.with_user(self.consultant), method)({"sequence": 99})
        with self.assertRaises(AccessError):
            self.short.with_user(self.consultant).action_use()

    def test_senseless_grades_are_refused(self):
        grade = self.default.grade_ids[1]
        for values in (
            {"window_from": 9, "window_to": 8},
            {"window_from": -1},
            {"contact_interval": 0},
        ):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
                grade.write(values)
                grade.flush_recordset()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            grade.code = "O"
            grade.flush_recordset()
