# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSatisfactionScore(AftersalesCase):
    """SAT-01, SAT-08, SAT-10: index, dimensions, classes; calls in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full = cls.env.ref("dealer_aftersales.survey_service_full")
        cls.policy.survey_id = cls.full
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def question(self, code):
        return self.env.ref(f"dealer_aftersales.survey_service_{code}")

    def answer(self, **values):
        self.callback.save_answers(
            {self.question(code).id: value for code, value in values.items()}
        )

    def test_index_weighs_the_questions(self):
        # weights: overall 2, repair 2, reception 1; points 75, 100, 0
        self.answer(overall=4, repair=5, reception=1)
        self.assertAlmostEqual(self.callback.csi, (2 * 75 + 2 * 100 + 0) / 5)
        self.assertTrue(self.callback.has_csi)
        self.assertEqual(self.callback.satisfaction_area, "service")

    def test_recommendation_and_expectation_do_not_weigh(self):
        self.answer(overall=3, nps=0, expectation=5)
        self.assertAlmostEqual(self.callback.csi, 50)

    def test_three_classes(self):
        for value, expected in (
            (5, "delighted"),
            (3, "satisfied"),
            (1, "disappointed"),
        ):
            self.answer(expectation=value)
            self.assertEqual(self.callback.expectation_class, expected)
        self.answer(expectation=None)
        self.assertFalse(self.callback.expectation_class)

    def test_answer_taken_back_takes_the_index_back(self):
        self.answer(overall=5)
        self.answer(overall=None)
        self.assertFalse(self.callback.has_csi)

    def test_templates_have_the_four_dimensions(self):
        dimensions = self.env["dealer.satisfaction.dimension"].search([])
        for name in ("survey_service_full", "survey_sales", "survey_regular"):
            survey = self.env.ref(f"dealer_aftersales.{name}")
            self.assertEqual(
                survey.question_ids.satisfaction_dimension_id & dimensions, dimensions
            )
            measures = survey.question_ids.mapped("callback_measure")
            self.assertIn("nps", measures)
            self.assertIn("expectation", measures)
        self.assertEqual(len(self.full.page_ids), 4)

    def test_in_time_by_the_day_of_the_branch(self):
        # delivered on the 7th, due on the 10th, window to the 13th
        for moment, expected in (
            ("2026-03-13 15:59:00", True),
            ("2026-03-13 16:01:00", False),
        ):
            callback = self.make_callback("2026-03-07 05:00:00").sudo()
            callback.date_first_attempt = moment
            self.assertEqual(callback.is_in_time, expected, moment)
        self.assertFalse(self.callback.is_in_time)

    def test_figures_are_not_typed(self):
        for name, value in (
            ("csi", 100),
            ("has_csi", True),
            ("expectation_class", "delighted"),
            ("is_in_time", True),
            ("round_id", False),
            ("satisfaction_area", "sales"),
        ):
            with self.assertRaises(AccessError):
                self.callback.write({name: value})
