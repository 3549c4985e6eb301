# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSurveyVersion(AftersalesCase):
    """SAT-03: editing after answers makes a new version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)
        cls.theirs = cls.survey.with_user(cls.service_manager)

    def answer(self, value=4):
        self.callback.save_answers({self.overall.id: value})
        self.env.invalidate_all()

    def make_version(self):
        self.answer()
        action = self.theirs.action_new_version()
        return self.env["survey.survey"].browse(action["res_id"])

    def test_without_answers_questions_are_edited(self):
        self.overall.with_user(self.service_manager).title = "How was it?"
        with self.assertRaisesRegex(UserError, "nobody has answered"):
            self.theirs.action_new_version()

    def test_with_answers_the_meaning_stays(self):
        self.answer()
        question = self.overall.with_user(self.service_manager)
        for values in (
            {"title": "How was it?"},
            {"scale_max": 10},
            {"satisfied_from": 3},
            {"callback_weight": 2},
        ):
            with self.assertRaisesRegex(UserError, "Edit as new version"):
                question.write(values)
        with self.assertRaisesRegex(UserError, "Edit as new version"):
            self.advisor_question.with_user(self.service_manager).unlink()
        with self.assertRaisesRegex(UserError, "Edit as new version"):
            self.theirs.question_ids.create(
                {"survey_id": self.survey.id, "title": "New", "question_type": "scale"}
            )
        question.sequence = 3
        question.write({"title": question.title})

    def test_new_version_takes_over_the_policies(self):
        new = self.make_version()
        self.assertEqual((self.survey.version, new.version), (1, 2))
        self.assertEqual(new.title, self.survey.title)
        self.assertFalse(self.survey.active)
        self.assertEqual(self.policy.survey_id, new)
        self.assertEqual(new.version_root_id, self.survey)
        self.assertEqual(new.question_ids.version_root_id, self.survey.question_ids)
        copy = new.question_ids.filtered(lambda q: q.version_root_id == self.overall)
        copy.with_user(self.service_manager).title = "All in all?"
        self.assertNotEqual(self.overall.title, "All in all?")

    def test_title_is_kept_in_every_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.survey.with_context(lang="zh_CN").title = "售后回访"
        new = self.make_version()
        self.assertEqual(new.with_context(lang="zh_CN").title, "售后回访")
        self.assertEqual(new.with_context(lang="en_US").title, "After-service callback")

    def test_open_sheet_keeps_its_version(self):
        self.make_version()
        asked = [item["question_id"] for item in self.callback.answers]
        self.assertEqual(asked, self.survey.question_ids.ids)
        self.callback.save_answers({self.advisor_question.id: 5})
        self.assertEqual(self.callback.score, 4)

    def test_answers_to_questions_of_elsewhere_are_not_lost_silently(self):
        other = self.make_version().question_ids[0]
        self.assertNotIn(other, self.callback._get_questions())
        with self.assertRaisesRegex(ValidationError, "changed meanwhile"):
            self.callback.save_answers({other.id: 4})
        self.callback.save_answers({other.id: None})

    def test_figures_of_a_question_count_all_its_versions(self):
        new = self.make_version()
        self.callback.action_log_attempt("reached")
        later = new.question_ids.filtered(lambda q: q.version_root_id == self.overall)
        call = self.make_callback("2026-03-08 04:00:00").with_user(self.care)
        call.save_answers({later.id: 2})
        call.action_log_attempt("reached")
        for question in (self.overall, later):
            plan = self.env["dealer.improvement.plan"].create(
                {
                    "name": "Scores",
                    "date_from": "2026-03-01",
                    "date_to": "2026-06-30",
                    "question_id": question.id,
                }
            )
            self.assertEqual(plan.score, 3)

    def test_next_call_asks_the_new_version(self):
        new = self.make_version()
        later = self.make_callback("2026-03-08 04:00:00").with_user(self.care)
        asked = [item["question_id"] for item in later.answers]
        self.assertEqual(asked, new.question_ids.ids)

    def test_kept_version_is_not_edited_any_more(self):
        self.make_version()
        with self.assertRaisesRegex(UserError, "newest version"):
            self.overall.with_user(self.service_manager).title = "Again?"
        with self.assertRaisesRegex(UserError, "later version"):
            self.theirs.action_new_version()

    def test_third_version_has_the_same_root(self):
        new = self.make_version()
        copy = new.question_ids.filtered(lambda q: q.version_root_id == self.overall)
        later = self.make_callback("2026-03-08 04:00:00").with_user(self.care)
        later.save_answers({copy.id: 2})
        action = new.with_user(self.service_manager).action_new_version()
        third = self.env["survey.survey"].browse(action["res_id"])
        self.assertEqual(third.version, 3)
        self.assertEqual(third.version_root_id, self.survey)
        self.assertIn(self.overall, third.question_ids.version_root_id)
        shown = self.theirs.search(
            new.action_view_versions()["domain"] + [("active", "in", (True, False))]
        )
        self.assertEqual(shown, self.survey | new | third)

    def test_translated_wording_counts_as_wording(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.answer()
        with self.assertRaisesRegex(UserError, "Edit as new version|新版本"):
            self.overall.with_context(lang="zh_CN").title = "您满意吗？"

    def test_measure_needs_a_scale(self):
        with self.assertRaisesRegex(ValidationError, "scale"):
            self.survey.question_ids.create(
                {
                    "survey_id": self.survey.id,
                    "title": "Text",
                    "question_type": "text_box",
                    "callback_measure": "part",
                }
            )
        with self.assertRaisesRegex(ValidationError, "0 to 10"):
            self.survey.question_ids.create(
                {
                    "survey_id": self.survey.id,
                    "title": "Recommend",
                    "question_type": "scale",
                    "scale_min": 1,
                    "scale_max": 5,
                    "callback_measure": "nps",
                }
            )

    def test_surveys_of_others_are_not_ours(self):
        foreign = self.env["survey.survey"].create({"title": "Staff survey"})
        question = self.env["survey.question"].create(
            {"survey_id": foreign.id, "title": "Ok?", "question_type": "scale"}
        )
        sheet = foreign._create_answer(check_attempts=False)
        sheet._save_lines(question, "4")
        question.title = "Well?"
        self.assertFalse(foreign.is_version_kept)
