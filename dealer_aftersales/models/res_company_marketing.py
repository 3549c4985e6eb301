# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Points of the branch: which ledger, how they are earned, what they are worth."""

    _inherit = "res.company"

    points_system = fields.Selection(
        [
            ("none", "No Points"),
            ("own", "Points of the Dealership"),
            ("loyalty", "Loyalty App"),
        ],
        "Reward Points",
        required=True,
        default="none",
        help="Points of the dealership: booked for paid invoices, referrals and "
        "events, spent on repair orders. Loyalty app: its own programmes count, "
        "referrals go on its cards.",
    )
    points_amount = fields.Float(
        "Amount per Point", default=10.0, help="Paid with tax. 0: none for invoices."
    )
    points_value = fields.Float(
        "Value of a Point", default=0.1, digits=(16, 4), help="0: cannot be spent."
    )
    points_start = fields.Date(
        "Points since", help="Invoices before that day give none. Empty: from today."
    )
    reduction_product_id = fields.Many2one(
        "product.product",
        "Product of Discounts",
        domain="[('type', '=', 'service')]",
        help="Sells member discounts, promotions and points. Empty: the one shipped.",
    )

    _points_check = models.Constraint(
        "CHECK (COALESCE(points_amount, 0) >= 0 AND COALESCE(points_value, 0) >= 0)",
        "Points: neither their price nor their value is negative.",
    )

    def write(self, vals):
        """Whoever starts with points starts today, not with the past."""
        if vals.get("points_system") == "own" and not vals.get("points_start"):
            for company in self.filtered(lambda c: not c.points_start):
                company.points_start = company._get_dealer_today()
        return super().write(vals)
