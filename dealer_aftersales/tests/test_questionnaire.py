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

    def add_question(self, kind, **values):
        return self.env["survey.question"].create(
            {
                "survey_id": self.survey.id,
                "sequence": 91,
                "title": f"A question of type {kind}",
                "question_type": kind,
                **values,
            }
        )

    def test_number_and_choice_are_kept(self):
        number = self.add_question("numerical_box")
        choice = self.add_question(
            "simple_choice",
            suggested_answer_ids=[(0, 0, {"value": "Yes"}), (0, 0, {"value": "No"})],
        )
        text = self.add_question("char_box")
        answer = choice.suggested_answer_ids[1].id
        self.callback.save_answers({number.id: "2.5", choice.id: answer, text.id: "Hm"})
        values = [self.value_of(question) for question in (number, choice, text)]
        self.assertEqual(values, [2.5, answer, "Hm"])

    def test_value_that_is_no_answer_names_the_question(self):
        number = self.add_question("numerical_box")
        choice = self.add_question("simple_choice")
        text = self.add_question("text_box")
        for question, value in (
            (number, "about two"),
            (number, "nan"),
            (number, [2]),
            (choice, "yes"),
            (choice, 1),
            (text, {"a": 1}),
            (self.nps, 4.5),
        ):
            with self.subTest(type=question.question_type, value=value):
                with self.assertRaisesRegex(ValidationError, question.title[:20]):
                    self.callback.save_answers({question.id: value})

    def test_question_the_card_cannot_ask_is_refused(self):
        for kind in ("date", "matrix", "multiple_choice"):
            with self.subTest(type=kind):
                with self.assertRaisesRegex(ValidationError, "cannot ask"):
                    self.add_question(kind)

    def test_policy_at_rest_keeps_its_questionnaire_askable(self):
        self.policy.active = False
        with self.assertRaisesRegex(ValidationError, "cannot ask"):
            self.add_question("date")

    def test_questionnaire_the_card_cannot_ask_is_refused(self):
        survey = self.env["survey.survey"].create({"title": "With a date"})
        self.add_question("date", survey_id=survey.id)
        with self.assertRaisesRegex(ValidationError, "cannot ask"):
            self.policy.survey_id = survey

    def test_service_manager_edits_questionnaires_of_callbacks_only(self):
        foreign = self.env["survey.survey"].create({"title": "Staff survey"})
        question = self.add_question(
            "simple_choice",
            survey_id=foreign.id,
            suggested_answer_ids=[(0, 0, {"value": "Yes"})],
        )
        for record in (foreign, question, question.suggested_answer_ids):
            with self.subTest(model=record._name):
                theirs = record.with_user(self.service_manager)
                self.assertFalse(theirs.has_access("read"))
        self.overall.with_user(self.service_manager).title = "How was it?"

    def test_service_manager_makes_an_own_questionnaire(self):
        survey = (
            self.env["survey.survey"]
            .with_user(self.service_manager)
            .create({"title": "Tyres"})
        )
        question = survey.question_ids.create(
            {
                "survey_id": survey.id,
                "title": "Which?",
                "question_type": "simple_choice",
                "suggested_answer_ids": [(0, 0, {"value": "Winter"})],
            }
        )
        question.suggested_answer_ids.value = "Summer"
        self.policy.with_user(self.service_manager).survey_id = survey
        self.assertTrue(question.has_access("write"))
