# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

LIGHTS = [
    ("green", "On target"),
    ("amber", "At risk"),
    ("red", "Below target"),
    ("none", "No target or no figure"),
]


class DealerKpi(models.Model):
    """A figure's traffic light: red below the target, green from a mark above it."""

    _inherit = "dealer.kpi"

    green_from = fields.Float(
        help="From here on the light is green; between the target and this value it "
        "is amber. Empty: green from the target on.",
    )

    def _is_per_question(self):
        self.ensure_one()
        return self.dimension_model == "survey.question"

    @api.constrains("has_target", "target", "green_from")
    def _check_green_from(self):
        for kpi in self.filtered("green_from"):
            if not kpi.has_target or kpi.green_from < kpi.target:
                raise ValidationError(
                    self.env._(
                        "Green from: %(kpi)s needs a target that is not above it.",
                        kpi=kpi.name,
                    )
                )
