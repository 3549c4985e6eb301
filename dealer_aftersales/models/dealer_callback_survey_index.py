# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.satisfaction import AREAS, WEIGHED, classify_expectation, weigh

EXPECTATION_CLASSES = [
    ("delighted", "Delighted"),
    ("satisfied", "Satisfied"),
    ("disappointed", "Disappointed"),
]


class DealerCallback(models.Model):
    """What the answers of one customer come to, and whether the call came in time."""

    _inherit = "dealer.callback"

    csi = fields.Float(
        "Satisfaction Index",
        readonly=True,
        copy=False,
        digits=(16, 4),
        aggregator="avg",
        help="0 to 100: sum of weight × points ÷ sum of the weights of the questions "
        "answered. Points: the lowest answer of the scale 0, the highest 100.",
    )
    has_csi = fields.Boolean("Index known", readonly=True, copy=False)
    satisfaction_area = fields.Selection(AREAS, readonly=True, copy=False)
    expectation_class = fields.Selection(
        EXPECTATION_CLASSES,
        "Against Expectation",
        readonly=True,
        copy=False,
        help="The answer to the question on expectation: above the middle of its "
        "scale delighted, on it satisfied, below disappointed.",
    )
    is_in_time = fields.Boolean(
        "Carried out in time",
        compute="_compute_is_in_time",
        store=True,
        help="The first attempt was made before the window ended.",
    )

    @api.depends("date_first_attempt", "date_window_end", "company_id")
    def _compute_is_in_time(self):
        for callback in self:
            first, end = callback.date_first_attempt, callback.date_window_end
            company = callback.company_id or self.env.company
            callback.is_in_time = bool(
                first and (not end or company._get_dealer_day(first) <= end)
            )

    def _get_questions(self):
        """A sheet that was begun keeps its version of the questionnaire."""
        sheet = self.sudo().user_input_id
        return sheet.survey_id.question_ids if sheet else super()._get_questions()

    def _update_score(self):
        result = super()._update_score()
        lines = self.sudo().user_input_id.user_input_line_ids.filtered(
            lambda line: not line.skipped and line.question_id.question_type == "scale"
        )
        self.sudo().write(self._prepare_satisfaction_values(lines))
        return result

    def _prepare_satisfaction_values(self, lines):
        csi = weigh(
            (question._get_points(line.value_scale), question.callback_weight)
            for line in lines
            for question in line.question_id
            if question.callback_measure in WEIGHED
        )
        expected = lines.filtered(
            lambda line: line.question_id.callback_measure == "expectation"
        )[:1]
        scale = expected.question_id
        return {
            "csi": csi or 0.0,
            "has_csi": csi is not None,
            "satisfaction_area": self.sudo().user_input_id.survey_id.satisfaction_area,
            "expectation_class": bool(expected)
            and classify_expectation(
                expected.value_scale, scale.scale_min, scale.scale_max
            ),
        }
