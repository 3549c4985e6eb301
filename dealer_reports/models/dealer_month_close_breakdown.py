# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

QUESTION = ("kpi_id.dimension_model", "=", "survey.question")


class DealerMonthClose(models.Model):
    """Means per dimension and per person stand apart from those per question."""

    _inherit = "dealer.month.close"

    question_value_ids = fields.One2many(
        domain=[QUESTION, ("kpi_id.measure", "=", "mean")]
    )
    breakdown_value_ids = fields.One2many(
        "dealer.kpi.value",
        "close_id",
        "By Dimension and Person",
        domain=[
            ("kpi_id.dimension_field_id", "!=", False),
            "!",
            QUESTION,
            ("kpi_id.measure", "!=", "count"),
        ],
    )

    def _prepare_value(self, kpi, line, previous, sequence):
        """The light is kept with the target of its month."""
        values = super()._prepare_value(kpi, line, previous, sequence)
        return {**values, "green_from": kpi.green_from}
