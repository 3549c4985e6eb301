# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dealer_kpi_light import LIGHTS


class DealerKpiValue(models.Model):
    """The light a figure had, with the target of its month."""

    _inherit = "dealer.kpi.value"

    green_from = fields.Float(readonly=True, aggregator=None)
    light = fields.Selection(LIGHTS, compute="_compute_light")

    @api.depends("value", "has_value", "target", "has_target", "green_from")
    def _compute_light(self):
        for value in self:
            value.light = self._get_light(
                value.has_value and value.value,
                value.has_value and value.has_target,
                value.target,
                value.green_from,
            )

    @api.model
    def _get_light(self, number, is_judged, target, green_from):
        """Red, amber or green; "none" where there is nothing to judge."""
        if not is_judged:
            return "none"
        if number < target:
            return "red"
        return "green" if number >= (green_from or target) else "amber"

    def _compute_label(self):
        """A question is named as it is asked today, whatever its version."""
        result = super()._compute_label()
        lines = self.filtered(lambda value: value.kpi_id._is_per_question())
        questions = self.env["survey.question"].sudo()
        newest = questions.browse(lines.mapped("dimension_id"))._get_newest_versions()
        for value in lines.filtered(lambda line: line.dimension_id in newest):
            value.label = newest[value.dimension_id].display_name
        return result
