# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestIntention(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grades = {
            code: cls.env.ref(f"dealer_crm.grade_{code}") for code in ("h", "b", "c")
        }

    def test_intention_follows_the_grade(self):
        """LEAD-14"""
        for code, intention in {"h": "high", "b": "medium", "c": "low"}.items():
            lead = self.make_lead(grade_id=self.grades[code].id)
            self.assertEqual(lead.intention, intention)
        lead.with_user(self.consultant).grade_id = self.grades["h"]
        self.assertEqual(lead.intention, "high")

    def test_by_hand_while_there_is_no_grade(self):
        lead = self.make_lead(phone=False).with_user(self.consultant)
        self.assertFalse(lead.intention)
        lead.intention = "medium"
        self.assertEqual(lead.intention, "medium")
        lead.write({"phone": "13800138000", "grade_id": self.grades["c"].id})
        self.assertEqual(lead.intention, "low")

    def test_another_intention_than_the_grades_is_refused(self):
        lead = self.make_lead(grade_id=self.grades["h"].id).with_user(self.consultant)
        with self.assert_refused(ValidationError, "follows from grade H"):
            lead.intention = "low"
        lead.write({"intention": "low", "grade_id": self.grades["c"].id})
        self.assertEqual(lead.intention, "low")

    def test_filter_counts_agree_with_the_grades(self):
        leads = self.env["crm.lead"]
        for code in ("h", "h", "b", "c"):
            leads += self.make_lead(grade_id=self.grades[code].id)
        leads += self.make_lead(intention="high")
        for intention, count in {"high": 3, "medium": 1, "low": 1}.items():
            found = leads.search([("intention", "=", intention)]) & leads
            self.assertEqual(len(found), count, intention)
        self.grades["b"].with_user(self.manager).intention = "high"
        found = leads.search([("intention", "=", "high")]) & leads
        self.assertEqual(len(found), 4)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPurchaseWindow(DealerCrmCase):
    """LEAD-13"""

    def test_rough_time_reaches_the_proposal(self):
        for window, code in {
            "this_week": "H",
            "this_month": "A",
            "one_to_three": "B",
            "later": "C",
        }.items():
            lead = self.make_lead(purchase_window=window)
            self.assertEqual(lead.grade_proposal_id.code, code, window)
        lead = self.make_lead(purchase_window="unknown")
        self.assertFalse(lead.purchase_date_expected)
        self.assertFalse(lead.grade_proposal_id)

    def test_day_and_rough_time_stay_in_step(self):
        lead = self.make_lead().with_user(self.consultant)
        lead.purchase_window = "this_month"
        self.assertEqual(lead.purchase_date_expected, date(2026, 3, 31))
        lead.purchase_date_expected = "2026-03-20"
        self.assertEqual(lead.purchase_window, "this_month")
        lead.purchase_window = "this_month"
        self.assertEqual(lead.purchase_date_expected, date(2026, 3, 20))
        lead.purchase_window = "later"
        self.assertEqual(lead.purchase_date_expected, date(2026, 7, 8))
        lead.purchase_date_expected = "2026-03-11"
        self.assertEqual(lead.purchase_window, "this_week")

    def test_form_shows_it_at_once(self):
        with Form(self.make_lead().with_user(self.consultant)) as form:
            form.purchase_window = "this_week"
            self.assertEqual(str(form.purchase_date_expected), "2026-03-15")
            self.assertEqual(form.grade_proposal_id.code, "H")
            form.purchase_date_expected = "2026-08-01"
            self.assertEqual(form.purchase_window, "later")

    def test_import_gives_the_day_or_the_rough_time(self):
        lead, messages = self.enter_by_import(
            self.manager,
            "crm.lead",
            {"name": "Asks", "purchase_window": "This Week"},
        )
        self.assertFalse(messages)
        self.assertEqual(lead.purchase_date_expected, date(2026, 3, 15))
        values = [{"name": "Asks", "purchase_date_expected": "2026-09-01"}]
        lead = self.env["crm.lead"].create(values)
        self.assertEqual(lead.purchase_window, "later")
        self.assertNotIn("purchase_window", values[0])

    def test_many_leads_at_once(self):
        leads = self.make_lead() + self.make_lead(purchase_date_expected="2026-03-12")
        leads.purchase_window = "one_to_three"
        self.assertEqual(leads.mapped("purchase_date_expected"), [date(2026, 5, 9)] * 2)
