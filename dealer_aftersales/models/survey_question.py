# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CALLBACK_TYPES = ("scale", "simple_choice", "numerical_box", "char_box", "text_box")


class SurveyQuestion(models.Model):
    """What a question measures when a callback asks it."""

    _inherit = "survey.question"

    callback_measure = fields.Selection(
        [
            ("overall", "Overall satisfaction"),
            ("part", "Satisfaction with one point"),
            ("nps", "Recommendation (0-10)"),
        ],
        help="Overall satisfaction gives the score of the callback. Once per survey.",
    )
    satisfied_from = fields.Integer(
        default=4, help="From this value on a customer counts as satisfied."
    )

    @api.constrains("callback_measure", "survey_id")
    def _check_one_overall(self):
        for survey in self.survey_id:
            overall = survey.question_ids.filtered(
                lambda q: q.callback_measure == "overall"
            )
            if len(overall) > 1:
                raise ValidationError(
                    self.env._(
                        "%(survey)s: only one question can give the overall score.",
                        survey=survey.title,
                    )
                )

    @api.constrains("question_type", "survey_id")
    def _check_callback_type(self):
        surveys = self.survey_id.sudo().with_context(active_test=False)
        surveys.filtered("callback_policy_ids")._check_callback_types()

    def _is_possible_answer(self, value):
        """Whether Survey can keep the value as an answer given on the phone."""
        self.ensure_one()
        try:
            if self.question_type == "scale":
                return self.scale_min <= int(str(value)) <= self.scale_max
            if self.question_type == "simple_choice":
                return int(str(value)) in self.suggested_answer_ids.ids
            if self.question_type == "numerical_box":
                return isfinite(float(str(value)))
        except ValueError:
            return False
        return isinstance(value, str | int | float)

    def _prepare_callback_question(self, line):
        """The question as the call card needs it.

        :param line: its survey.user_input.line, or an empty recordset
        :return: dict; ``value`` is None for not asked
        """
        self.ensure_one()
        values = {
            "question_id": self.id,
            "title": self.title,
            "type": self.question_type,
            "min": self.scale_min,
            "max": self.scale_max,
            "satisfied_from": self.satisfied_from,
            "measure": self.callback_measure or "",
            "options": [
                {"id": answer.id, "label": answer.value}
                for answer in self.suggested_answer_ids
            ],
            "value": None,
        }
        if line and not line.skipped:
            values["value"] = {
                "scale": line.value_scale,
                "simple_choice": line.suggested_answer_id.id,
                "numerical_box": line.value_numerical_box,
                "char_box": line.value_char_box,
                "text_box": line.value_text_box,
            }.get(self.question_type)
        return values


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    callback_policy_ids = fields.One2many(
        "dealer.callback.policy", "survey_id", "Callback Policies"
    )

    def _check_callback_types(self):
        """:raises ValidationError: naming a question the call card cannot ask"""
        questions = self.question_ids
        for question in questions.filtered(
            lambda q: q.question_type not in CALLBACK_TYPES
        ):
            kinds = dict(
                question._fields["question_type"]._description_selection(self.env)
            )
            raise ValidationError(
                self.env._(
                    "%(survey)s: the call card cannot ask '%(question)s' (%(type)s).",
                    survey=question.survey_id.title,
                    question=question.title,
                    type=kinds.get(question.question_type, question.question_type),
                )
            )
