# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What a car of unknown use is taken to drive."""

    _inherit = "res.company"

    default_km_per_day = fields.Float(
        "Usual km per Day",
        default=40.0,
        help="For cars without readings, until their model has an average.",
    )

    _default_km_per_day_check = models.Constraint(
        "CHECK (default_km_per_day IS NULL OR default_km_per_day BETWEEN 2 AND 400)",
        "Usual km per Day: between 2 and 400.",
    )
