# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerNextSaleRule(models.Model):
    """When it pays for a customer to think of another car: old and dear to repair."""

    _name = "dealer.next.sale.rule"
    _description = "Rule for the next Sale"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", "Branch", help="Empty: all branches.")
    age_min = fields.Integer(
        "Age from (years)", required=True, default=0, help="0: of any age."
    )
    odometer_min = fields.Integer(
        "Odometer from (km)", required=True, default=0, help="0: any."
    )
    cost_min = fields.Float(
        "Repairs from",
        digits=(16, 2),
        required=True,
        default=0,
        help="What the last 12 months' orders came to. 0: any.",
    )
    cost_percent = fields.Float(
        "Repairs from (% of the price)",
        required=True,
        default=0,
        help="Of the price the owner paid for the car; one of the two limits is "
        "enough. 0: not looked at.",
    )

    _limits_check = models.Constraint(
        "CHECK (age_min >= 0 AND odometer_min >= 0 AND cost_min >= 0"
        " AND cost_percent >= 0)",
        "Limits of a rule cannot be negative.",
    )
    _one_limit_check = models.Constraint(
        "CHECK (age_min > 0 OR odometer_min > 0 OR cost_min > 0 OR cost_percent > 0)",
        "A rule needs a limit: with none it would propose every car.",
    )
