# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..models.dealer_grade_log import STEPS
from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeQuestion(DealerCrmCase):
    """GRD-11: the grade is decided again at each step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_a = cls.env.ref("dealer_crm.grade_a")
        cls.grade_h = cls.env.ref("dealer_crm.grade_h")

    def logs(self, lead):
        return self.env["dealer.grade.log"].search([("lead_id", "=", lead.id)])

    def test_each_step_leaves_a_line(self):
        lead = self.make_lead(grade_id=self.grade_a.id).with_user(self.consultant)
        for step, _label in STEPS:
            lead._answer_grade_question(step)
            self.assertRecordValues(
                self.logs(lead)[0],
                [
                    {
                        "step": step,
                        "decision": "keep",
                        "grade_from_id": self.grade_a.id,
                        "grade_to_id": self.grade_a.id,
                        "user_id": self.consultant.id,
                        "is_automatic": False,
                    }
                ],
            )

    def test_other_grade_is_taken_with_its_reason(self):
        lead = self.make_lead(grade_id=self.grade_a.id).with_user(self.consultant)
        lead._answer_grade_question("test_drive", self.grade_h, "Wants it at once")
        self.assertEqual(lead.grade_id, self.grade_h)
        self.assertRecordValues(
            self.logs(lead)[0],
            [
                {
                    "step": "test_drive",
                    "decision": "change",
                    "grade_from_id": self.grade_a.id,
                    "grade_to_id": self.grade_h.id,
                    "reason": "Wants it at once",
                }
            ],
        )

    def test_present_grade_means_keep(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        lead._answer_grade_question("needs", self.grade_a)
        self.assertEqual(self.logs(lead)[0].decision, "keep")

    def test_keeping_answers_the_question_and_does_not_move_the_plan(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        planned = lead.next_contact_date
        with freeze_time("2026-03-14 04:00:00"):
            lead.with_user(self.consultant).action_keep_grade()
        self.assertEqual(lead.grade_date, date(2026, 3, 14))
        self.assertEqual(lead.grade_since, date(2026, 3, 10))
        self.assertEqual(lead.next_contact_date, planned)

    def test_change_by_hand_has_no_particular_step(self):
        lead = self.make_lead().with_user(self.consultant)
        lead.with_context(dealer_grade_step="nonsense").grade_id = self.grade_a
        self.assertEqual(self.logs(lead).step, "other")

    def test_many_leads_at_once(self):
        leads = self.make_lead() + self.make_lead(grade_id=self.grade_h.id)
        leads._answer_grade_question("drawer", self.grade_h)
        self.assertEqual(leads.mapped("grade_id"), self.grade_h)
        self.assertEqual(
            [self.logs(lead)[0].decision for lead in leads], ["change", "keep"]
        )

    def test_dates_of_decisions_are_not_the_clients(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        for name in ("grade_date", "grade_since", "grade_lapsed_on"):
            with self.assert_refused(AccessError, "decisions on the grade"):
                self.call(self.manager, lead.browse(), "write", lead.ids, {name: NOW})
        leads = lead.browse().with_context(default_grade_lapsed_on="2026-01-01")
        new = self.call(self.consultant, leads, "create", [{"name": "Asks"}])
        self.assertFalse(lead.browse(new).grade_lapsed_on)

    def test_lead_of_a_colleague_is_not_judged(self):
        lead = self.make_lead(user_id=self.manager.id, grade_id=self.grade_a.id)
        with self.assertRaises(AccessError):
            self.call(self.consultant, lead.browse(), "action_keep_grade", lead.ids)
