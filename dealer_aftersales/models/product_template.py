# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ProductTemplate(models.Model):
    """Operations of the workshop are services with a planned time."""

    _inherit = "product.template"

    is_labor_operation = fields.Boolean(
        "Workshop Operation", index="btree_not_null", copy=True
    )
    labor_hours = fields.Float(
        "Planned Hours", help="Proposed on labour lines with this operation."
    )

    _labor_hours_check = models.Constraint(
        "CHECK (labor_hours >= 0)", "Planned Hours: cannot be less than none."
    )
