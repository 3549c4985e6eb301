# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.satisfaction import AREAS, to_points


class SurveyQuestion(models.Model):
    """How much an answer weighs, and which value of the service it judges."""

    _inherit = "survey.question"

    callback_measure = fields.Selection(
        selection_add=[("expectation", "Compared with what was expected")]
    )
    satisfaction_dimension_id = fields.Many2one(
        "dealer.satisfaction.dimension", "Dimension", index="btree_not_null"
    )
    callback_weight = fields.Float(
        "Weight",
        default=1.0,
        help="In the satisfaction index: sum of weight × points ÷ sum of the weights "
        "of the questions answered. Points: the lowest answer 0, the highest 100.",
    )

    _callback_weight_check = models.Constraint(
        "CHECK (callback_weight >= 0)", "Weight: it cannot be negative."
    )

    @api.constrains("callback_measure", "question_type", "scale_min", "scale_max")
    def _check_measured_scale(self):
        """What is measured needs a scale; recommendation the one of the formula."""
        for question in self.filtered("callback_measure"):
            if question.question_type != "scale":
                raise ValidationError(
                    self.env._(
                        "%(question)s: only a question with a scale measures "
                        "satisfaction.",
                        question=question.title,
                    )
                )
            scale = (question.scale_min, question.scale_max)
            if question.callback_measure == "nps" and scale != (0, 10):
                raise ValidationError(
                    self.env._(
                        "%(question)s: recommendation is asked from 0 to 10.",
                        question=question.title,
                    )
                )

    def _get_points(self, value):
        """The answer as points of 100, or None."""
        self.ensure_one()
        return to_points(value, self.scale_min, self.scale_max)


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    satisfaction_area = fields.Selection(
        AREAS,
        "Satisfaction with",
        default="service",
        help="Answers about the purchase make the SSI, those about the service the "
        "CSI.",
    )
