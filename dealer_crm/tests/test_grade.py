# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGrade(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ("o", "h", "a", "b_plus", "b", "c")
        cls.grades = {code: cls.env.ref(f"dealer_crm.grade_{code}") for code in codes}

    def logs(self, lead):
        return self.env["dealer.grade.log"].search([("lead_id", "=", lead.id)])

    def buys_in(self, days):
        return TODAY + timedelta(days)

    def test_four_months_ahead_is_c(self):
        """GRD-02"""
        lead = self.make_lead(purchase_date_expected=self.buys_in(120))
        self.assertEqual(lead.grade_proposal_id, self.grades["c"])

    def test_two_months_ahead_depends_on_the_step(self):
        """GRD-04"""
        lead = self.make_lead(purchase_date_expected=self.buys_in(60))
        self.assertEqual(lead.grade_proposal_id, self.grades["b"])
        lead.stage_id = self.env.ref("dealer_crm.stage_product")
        self.assertEqual(lead.grade_proposal_id, self.grades["b_plus"])

    def test_phone_removed_takes_the_grade_and_asks_again_when_it_is_back(self):
        """GRD-03"""
        lead = self.make_lead(grade_id=self.grades["a"].id).with_user(self.consultant)
        self.assertFalse(lead.is_grade_due)
        lead.phone = False
        self.assertFalse(lead.grade_id)
        self.assertEqual(lead.grade_reason, "missing: phone")
        self.assertEqual(lead.grade_missing, "phone")
        self.assertFalse(lead.is_grade_due)
        self.assertRecordValues(
            self.logs(lead)[0],
            [
                {
                    "grade_from_id": self.grades["a"].id,
                    "grade_to_id": False,
                    "reason": "missing: phone",
                    "is_automatic": True,
                }
            ],
        )
        lead.phone = "13800138000"
        self.assertFalse(lead.grade_id)
        self.assertTrue(lead.is_grade_due)
        self.assertIn(lead, self.search_due())

    def test_name_or_model_removed_takes_the_grade(self):
        for field in ("contact_name", "vehicle_model_id"):
            lead = self.make_lead(grade_id=self.grades["a"].id)
            lead[field] = False
            self.assertFalse(lead.grade_id, field)
            self.assertTrue(self.logs(lead)[0].is_automatic)

    def search_due(self):
        leads = self.env["crm.lead"].with_user(self.consultant)
        return leads.search([("is_grade_due", "=", True)])

    def test_search_for_due_grades_finds_what_the_leads_say(self):
        leads = (
            self.make_lead()
            + self.make_lead(phone=False)
            + self.make_lead(contact_name=False)
            + self.make_lead(contact_name=False, partner_name="Testa & Co.")
            + self.make_lead(vehicle_model_id=False)
            + self.make_lead(grade_id=self.grades["a"].id)
        )
        won = self.make_lead()
        won.action_set_won()
        leads += won
        expected = leads.filtered("is_grade_due")
        self.assertEqual(expected, leads[0] + leads[3])
        self.assertEqual(self.search_due() & leads, expected)
        others = self.env["crm.lead"].search([("is_grade_due", "=", False)])
        self.assertEqual(others & leads, leads - expected)

    def test_grade_by_hand_needs_a_complete_card(self):
        lead = self.make_lead(phone=False, vehicle_model_id=False)
        lead = lead.with_user(self.consultant)
        with self.assert_refused(ValidationError, "missing: phone, model of interest"):
            lead.grade_id = self.grades["a"]
        with self.assert_refused(ValidationError, "missing: name"):
            self.make_lead(contact_name=False, grade_id=self.grades["a"].id)
        self.assertFalse(lead.grade_id)

    def test_grade_and_missing_phone_come_in_one_step(self):
        lead = self.make_lead(phone=False).with_user(self.consultant)
        with Form(lead) as form:
            form.phone = "13800138000"
            form.grade_id = self.grades["a"]
        self.assertEqual(lead.grade_id, self.grades["a"])

    def test_each_decision_leaves_a_line(self):
        lead = self.make_lead(stage_id=self.env.ref("dealer_crm.stage_archived").id)
        lead.with_user(self.manager).write(
            {"grade_id": self.grades["c"].id, "grade_reason": "Only looks around"}
        )
        lead.with_user(self.consultant).grade_id = self.grades["h"]
        lead.with_user(self.consultant).grade_id = self.grades["h"]
        common = {
            "consultant_id": self.consultant.id,
            "is_automatic": False,
            "stage_id": self.env.ref("dealer_crm.stage_archived").id,
            "company_id": self.branch.id,
        }
        self.assertRecordValues(
            self.logs(lead).sorted("id"),
            [
                {
                    "user_id": self.manager.id,
                    "grade_from_id": False,
                    "grade_to_id": self.grades["c"].id,
                    "reason": "Only looks around",
                    **common,
                },
                {
                    "user_id": self.consultant.id,
                    "grade_from_id": self.grades["c"].id,
                    "grade_to_id": self.grades["h"].id,
                    "reason": False,
                    **common,
                },
            ],
        )
        self.assertEqual(lead.grade_date, TODAY)

    def test_grade_of_a_new_lead_is_logged(self):
        lead = self.make_lead(grade_id=self.grades["h"].id)
        self.assertRecordValues(
            self.logs(lead),
            [{"grade_from_id": False, "grade_to_id": self.grades["h"].id}],
        )

    def test_proposal_is_taken_by_a_person(self):
        lead = self.make_lead(purchase_date_expected=self.buys_in(20))
        self.assertFalse(lead.grade_id)
        lead.with_user(self.consultant).action_use_grade_proposal()
        self.assertEqual(lead.grade_id, self.grades["a"])
        self.assertRecordValues(
            self.logs(lead),
            [
                {
                    "user_id": self.consultant.id,
                    "reason": "proposed: purchase in 20 days",
                }
            ],
        )

    def test_no_proposal_without_date_or_with_an_incomplete_card(self):
        self.assertFalse(self.make_lead().grade_proposal_id)
        lead = self.make_lead(phone=False, purchase_date_expected=self.buys_in(20))
        self.assertFalse(lead.grade_proposal_id)
        lead.action_use_grade_proposal()
        self.assertFalse(lead.grade_id)

    def test_grade_plans_the_next_contact(self):
        lead = self.make_lead()
        lead.grade_id = self.grades["h"]
        self.assertEqual(lead.next_contact_date, self.buys_in(2))
        lead.grade_id = self.grades["c"]
        self.assertEqual(lead.next_contact_date, self.buys_in(30))

    def test_changed_interval_changes_the_next_plan_only(self):
        """GRD-01"""
        lead = self.make_lead(grade_id=self.grades["a"].id)
        self.assertEqual(lead.next_contact_date, self.buys_in(7))
        self.grades["a"].with_user(self.manager).contact_interval = 5
        self.assertEqual(lead.next_contact_date, self.buys_in(7))
        self.log_contact(lead)
        self.assertEqual(lead.next_contact_date, self.buys_in(5))

    def test_drawers_show_the_empty_ones_too(self):
        self.make_lead(grade_id=self.grades["h"].id)
        groups = (
            self.env["crm.lead"]
            .with_user(self.consultant)
            .with_context(read_group_expand=True)
            .formatted_read_group(
                [("company_id", "=", self.branch.id)], ["grade_id"], ["__count"]
            )
        )
        codes = [group["grade_id"] and group["grade_id"][1] for group in groups]
        self.assertEqual(
            [code for code in codes if code], ["O", "H", "A", "B+", "B", "C"]
        )

    def test_dragged_into_a_drawer_without_phone_is_refused(self):
        lead = self.make_lead(phone=False)
        with self.assert_refused(ValidationError, "missing: phone"):
            lead.with_user(self.consultant).web_save(
                {"grade_id": self.grades["h"].id}, {"grade_id": {}}
            )
