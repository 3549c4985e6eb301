# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQuestionnaire(AftersalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nps = cls.env["survey.question"].create(
            {
                "survey_id": cls.survey.id,
                "sequence": 90,
                "title": "Would you recommend us?",
                "question_type": "scale",
                "scale_min": 0,
                "scale_max": 10,
                "callback_measure": "nps",
            }
        )
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def value_of(self, question):
        self.env.invalidate_all()
        return next(
            item["value"]
            for item in self.callback.answers
            if item["question_id"] == question.id
        )

    def save_as_client(self, values):
        """The card sends the whole list of questions back."""
        spec = {"answers": {}, "score": {}}
        [record] = self.call(
            self.care, "dealer.callback", "web_read", self.callback.ids, spec
        )
        answers = [
            item | {"value": values.get(item["question_id"], item["value"])}
            for item in record["answers"]
        ]
        return self.call(
            self.care,
            "dealer.callback",
            "web_save",
            self.callback.ids,
            {"answers": answers},
            spec,
        )

    def test_client_saves_the_answers(self):
        [saved] = self.save_as_client({self.overall.id: 4, self.nps.id: 9})
        self.assertEqual(saved["score"], 4)
        self.assertEqual(self.value_of(self.overall), 4)
        self.assertEqual(self.value_of(self.nps), 9)
        self.assertIsNone(self.value_of(self.advisor_question))

    def test_customer_relations_saves_without_survey_rights(self):
        with self.assertRaises(AccessError):
            self.env["survey.user_input"].with_user(self.care).check_access("read")
        self.callback.save_answers({str(self.overall.id): 5})
        self.assertEqual(self.callback.score, 5)
        self.assertEqual(self.callback.sudo().user_input_id.partner_id, self.customer)

    def test_value_outside_the_scale_names_the_question(self):
        with self.assertRaisesRegex(ValidationError, "last repair.*9.*1 and 5"):
            self.callback.save_answers({self.overall.id: 9})
        with self.assertRaisesRegex(ValidationError, "last repair"):
            self.callback.save_answers({self.overall.id: 0})
        with self.assertRaisesRegex(ValidationError, "last repair"):
            self.callback.save_answers({self.overall.id: "good"})

    def test_zero_is_an_answer(self):
        self.callback.save_answers({self.nps.id: 0})
        self.assertEqual(self.value_of(self.nps), 0)
        line = self.callback.sudo().user_input_id.user_input_line_ids
        self.assertFalse(line.skipped)
        self.assertTrue(self.callback.is_answered)

    def test_none_is_not_asked(self):
        self.callback.save_answers({self.overall.id: 3, self.nps.id: None})
        self.assertIsNone(self.value_of(self.nps))
        self.assertTrue(self.callback.is_answered)

    def test_nothing_asked_makes_no_answer_sheet(self):
        self.save_as_client({})
        self.assertFalse(self.callback.sudo().user_input_id)
        self.assertFalse(self.callback.is_answered)

    def test_correction_overwrites(self):
        self.callback.save_answers({self.overall.id: 2})
        self.callback.save_answers({self.overall.id: 5})
        self.assertEqual(self.callback.score, 5)
        self.assertEqual(len(self.callback.sudo().user_input_id.user_input_line_ids), 1)

    def test_answer_taken_back_is_not_asked(self):
        self.callback.save_answers({self.overall.id: 2})
        self.callback.save_answers({self.overall.id: None})
        self.assertRecordValues(
            self.callback,
            [{"score": 0, "is_scored": False, "is_answered": False}],
        )

    def test_overall_question_gives_score_and_satisfaction(self):
        for value, satisfied in ((3, False), (4, True)):
            self.callback.save_answers({self.overall.id: value})
            self.assertRecordValues(
                self.callback,
                [{"score": value, "is_scored": True, "is_satisfied": satisfied}],
            )

    def test_other_questions_give_no_score(self):
        self.callback.save_answers({self.advisor_question.id: 5})
        self.assertRecordValues(
            self.callback,
            [{"is_scored": False, "is_satisfied": False, "is_answered": True}],
        )

    def test_answer_sheet_is_closed_with_the_call(self):
        self.callback.save_answers({self.overall.id: 5})
        sheet = self.callback.sudo().user_input_id
        self.assertNotEqual(sheet.state, "done")
        self.callback.action_save_answers()
        self.assertEqual(sheet.state, "done")

    def test_correction_after_the_call_counts(self):
        self.callback.save_answers({self.overall.id: 5})
        self.callback.action_save_answers()
        self.callback.save_answers({self.overall.id: 1})
        self.assertEqual(self.callback.score, 1)
        self.assertFalse(self.callback.is_satisfied)

    def test_advisor_cannot_answer(self):
        self.callback.repair_id.sudo().advisor_id = self.advisor
        with self.assertRaises(AccessError):
            self.callback.with_user(self.advisor).save_answers({self.overall.id: 5})

    def test_last_score_is_that_of_the_call_before(self):
        self.callback.save_answers({self.overall.id: 4})
        later = self.make_callback("2026-03-08 04:00:00").with_user(self.care)
        self.assertEqual(later.last_score, "4")
        self.assertEqual(self.callback.last_score, "–")

    def test_two_overall_questions_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "overall"):
            self.nps.callback_measure = "overall"
