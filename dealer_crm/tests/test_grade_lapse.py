# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeLapse(DealerCrmCase):
    """Idea 8: a grade whose window has passed is asked again, never changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ("o", "h", "a", "b_plus", "b", "c")
        cls.grades = {code: cls.env.ref(f"dealer_crm.grade_{code}") for code in codes}

    def graded(self, code, **values):
        return self.make_lead(grade_id=self.grades[code].id, **values)

    def run_job(self, days):
        with freeze_time(f"{TODAY + timedelta(days)} 04:00:00"):
            self.env["crm.lead"]._lapse_grades(1000)
            self.env["crm.lead"].invalidate_model()

    def logs(self, lead):
        return self.env["dealer.grade.log"].search([("lead_id", "=", lead.id)])

    def test_boundary_days_of_each_grade(self):
        for code, days in {"h": 7, "a": 30, "b": 90, "c": 180}.items():
            lead = self.graded(code)
            self.run_job(days)
            self.assertFalse(lead.grade_lapsed_on, code)
            self.run_job(days + 1)
            self.assertEqual(lead.grade_lapsed_on, TODAY + timedelta(days + 1), code)
            lead.unlink()

    def test_lapsed_grade_stays_and_is_asked_again(self):
        lead = self.graded("h").with_user(self.consultant)
        self.assertFalse(lead.is_grade_due)
        self.run_job(8)
        self.assertEqual(lead.grade_id, self.grades["h"])
        self.assertTrue(lead.is_grade_due)
        self.assertIn(lead, lead.search([("is_grade_due", "=", True)]))
        self.assertNotIn(lead, lead.search([("is_grade_due", "=", False)]))
        self.assertRecordValues(
            self.logs(lead)[0],
            [
                {
                    "decision": "lapse",
                    "grade_from_id": self.grades["h"].id,
                    "grade_to_id": self.grades["h"].id,
                    "consultant_id": self.consultant.id,
                    "is_automatic": True,
                    "reason": "the window of the grade passed",
                    "company_id": self.branch.id,
                }
            ],
        )

    def test_decision_answers_it(self):
        for code, decision in (("h", "keep"), ("b", "change")):
            lead = self.graded("h").with_user(self.consultant)
            self.run_job(8)
            with freeze_time("2026-03-18 04:00:00"):
                lead._answer_grade_question("follow_up", self.grades[code])
            self.assertFalse(lead.grade_lapsed_on)
            self.assertFalse(lead.is_grade_due)
            self.assertEqual(self.logs(lead)[0].decision, decision)

    def test_job_twice_leaves_one_line(self):
        lead = self.graded("h")
        self.run_job(8)
        self.run_job(9)
        self.assertEqual(self.logs(lead).mapped("decision"), ["lapse", "change"])
        self.assertEqual(lead.grade_lapsed_on, TODAY + timedelta(8))

    def test_closed_ordered_and_ungraded_leads_have_no_window(self):
        won, lost = self.graded("h"), self.graded("h")
        won.action_set_won()
        lost.action_set_lost()
        leads = won + lost + self.graded("o") + self.make_lead()
        self.run_job(400)
        self.assertFalse(any(leads.mapped("grade_lapsed_on")))

    def test_manager_sets_the_days(self):
        self.grades["a"].with_user(self.manager).lapse_days = 10
        lead = self.graded("a")
        self.run_job(11)
        self.assertTrue(lead.grade_lapsed_on)

    def test_branch_decides_what_day_it_is(self):
        lead = self.graded("h")
        with freeze_time("2026-03-17 15:30:00"):
            self.env["crm.lead"]._lapse_grades(1000)
        self.assertFalse(lead.grade_lapsed_on)
        with freeze_time("2026-03-17 16:30:00"):  # the 18th in Shanghai
            self.env["crm.lead"]._lapse_grades(1000)
        self.assertEqual(lead.grade_lapsed_on, date(2026, 3, 18))

    def test_lead_without_branch(self):
        lead = self.graded("h", company_id=False)
        self.run_job(8)
        self.assertTrue(lead.grade_lapsed_on)

    def test_statements_do_not_grow_with_the_leads(self):
        self.graded("h")
        self.run_job(8)  # what is read once is warm
        counts = []
        for number in (5, 30):
            for _count in range(number):
                self.graded("h")
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.run_job(8)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    def test_days_left(self):
        lead = self.graded("h")
        self.assertEqual(lead.grade_days_left, 7)
        with freeze_time("2026-03-20 04:00:00"):
            lead.invalidate_recordset()
            self.assertEqual(lead.grade_days_left, -3)
        self.assertEqual(self.graded("o").grade_days_left, 0)

    def test_nearer_purchase_proposes_a_hotter_grade_and_writes_nothing(self):
        lead = self.graded("a", purchase_date_expected=TODAY + timedelta(10))
        leads = self.env["crm.lead"].with_user(self.consultant)
        self.assertFalse(lead.is_upgrade_proposed)
        self.assertNotIn(lead, leads.search([("is_upgrade_proposed", "=", True)]))
        with freeze_time("2026-03-13 04:00:00"):
            lead.invalidate_recordset()
            self.assertTrue(lead.is_upgrade_proposed)
            self.assertIn(lead, leads.search([("is_upgrade_proposed", "=", True)]))
        self.assertEqual(lead.grade_id, self.grades["a"])

    def test_search_finds_what_the_leads_say(self):
        signs = [
            self.env.ref(f"dealer_crm.grade_h_sign_{code}").id
            for code in ("model_color", "payment")
        ]
        leads = self.graded("c", sign_ids=[Command.set(signs)], grade_reason="Wait")
        leads += self.graded("a")
        leads[1].sign_ids = [Command.set(signs)]
        for code in self.grades:
            for days in (-3, 5, 20, 60, 120):
                day = TODAY + timedelta(days)
                leads += self.graded(code, purchase_date_expected=day)
        expected = leads.filtered("is_upgrade_proposed")
        self.assertIn(leads[1], expected)
        self.assertNotIn(leads[0], expected, "refused with a reason")
        found = self.env["crm.lead"].search([("is_upgrade_proposed", "=", True)])
        self.assertEqual(found & leads, expected)
