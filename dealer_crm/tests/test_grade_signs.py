# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeSigns(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ("o", "h", "a", "b", "c")
        cls.grades = {code: cls.env.ref(f"dealer_crm.grade_{code}") for code in codes}

    def sign(self, grade, code, ladder=""):
        return self.env.ref(f"dealer_crm.grade_{ladder}{grade}_sign_{code}")

    def signed_lead(self, *signs, **values):
        lead = self.make_lead(**values).with_user(self.consultant)
        lead.sign_ids = [Command.set([sign.id for sign in signs])]
        return lead

    def hot_signs(self):
        return self.sign("h", "model_color"), self.sign("h", "payment")

    def test_two_hot_signs_propose_h(self):
        """GRD-06"""
        lead = self.make_lead(purchase_date_expected=TODAY + timedelta(60))
        self.assertEqual(lead.grade_proposal_id, self.grades["b"])
        with Form(lead.with_user(self.consultant)) as form:
            form.sign_ids.add(self.sign("h", "model_color"))
            self.assertEqual(form.grade_proposal_id, self.grades["b"])
            form.sign_ids.add(self.sign("h", "payment"))
            self.assertEqual(form.grade_proposal_id, self.grades["h"])
        lead.with_user(self.consultant).action_use_grade_proposal()
        self.assertEqual(lead.grade_id, self.grades["h"])
        self.assertEqual(
            lead.grade_reason, "signs: Model and colour chosen, Way of payment fixed"
        )

    def test_signs_of_the_next_level_propose_a(self):
        """GRD-07"""
        lead = self.signed_lead(
            self.sign("a", "conditions"), self.sign("a", "next_meeting")
        )
        self.assertEqual(lead.grade_proposal_id, self.grades["a"])

    def test_signs_of_two_grades_are_not_added_up(self):
        lead = self.signed_lead(
            self.sign("h", "payment"), self.sign("a", "next_meeting")
        )
        self.assertFalse(lead.grade_proposal_id)

    def test_threshold_is_the_managers(self):
        lead = self.signed_lead(self.sign("h", "payment"))
        self.grades["h"].with_user(self.manager).sign_threshold = 1
        lead.invalidate_recordset()
        self.assertEqual(lead.grade_proposal_id, self.grades["h"])
        self.grades["h"].sign_threshold = 0
        lead.invalidate_recordset()
        self.assertFalse(lead.grade_proposal_id)
        with self.assertRaises(AccessError):
            self.grades["h"].with_user(self.consultant).sign_threshold = 5

    def test_date_that_is_hotter_than_the_signs_counts(self):
        lead = self.signed_lead(
            self.sign("a", "conditions"),
            self.sign("a", "next_meeting"),
            purchase_date_expected=TODAY + timedelta(3),
        )
        self.assertEqual(lead.grade_proposal_id, self.grades["h"])

    def test_signs_belong_to_the_branchs_ladder(self):
        self.branch.grade_ladder_id = self.env.ref("dealer_crm.ladder_short")
        lead = self.signed_lead(*self.hot_signs())
        self.assertFalse(lead.grade_proposal_id)
        lead.sign_ids = [
            Command.link(self.sign("h", code, "short_").id)
            for code in ("model_color", "payment")
        ]
        self.assertEqual(
            lead.grade_proposal_id, self.env.ref("dealer_crm.grade_short_h")
        )

    def test_no_proposal_while_the_phone_is_missing(self):
        lead = self.signed_lead(*self.hot_signs(), phone=False)
        self.assertFalse(lead.grade_proposal_id)

    def test_against_the_signs_needs_a_reason(self):
        """GRD-06: the user may refuse with a reason."""
        lead = self.signed_lead(*self.hot_signs())
        with self.assert_refused(ValidationError, "Reason for the Grade.*grade H"):
            lead.grade_id = self.grades["b"]
        lead.write({"grade_id": self.grades["b"].id, "grade_reason": "Loan refused"})
        self.assertEqual(lead.grade_refused_id, self.grades["h"])
        self.assertFalse(lead.grade_proposal_id, "not asked again and again")
        lead.write({"grade_id": self.grades["c"].id})
        self.assertEqual(lead.grade_id, self.grades["c"])
        lead.sign_ids = [Command.link(self.sign("h", "instalment").id)]
        self.assertEqual(lead.grade_proposal_id, self.grades["h"], "signs changed")

    def test_hotter_than_the_signs_needs_none(self):
        lead = self.signed_lead(*self.hot_signs())
        lead.grade_id = self.grades["o"]
        self.assertFalse(lead.grade_refused_id)

    def test_new_lead_against_its_signs_needs_a_reason_too(self):
        values = {
            "name": "Asks",
            "type": "opportunity",
            "contact_name": "Zhao Testa",
            "phone": self.next_phone(),
            "vehicle_model_id": self.car_model.id,
            "grade_id": self.grades["b"].id,
            "sign_ids": [Command.set([sign.id for sign in self.hot_signs()])],
        }
        leads = self.env["crm.lead"].with_user(self.consultant)
        with self.assert_refused(ValidationError, "Reason for the Grade"):
            leads.create(values)
        lead = leads.create(values | {"grade_reason": "Loan refused"})
        self.assertEqual(lead.grade_refused_id, self.grades["h"])

    def test_consultant_edits_no_signs(self):
        sign = self.sign("h", "payment")
        with self.assertRaises(AccessError):
            sign.with_user(self.consultant).name = "Pays"
        sign.with_user(self.manager).name = "Pays cash"
        self.assertEqual(sign.name, "Pays cash")
