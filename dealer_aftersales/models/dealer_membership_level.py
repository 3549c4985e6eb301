# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerMembershipLevel(models.Model):
    """A level of the members' club: its benefits and what it takes off the bill."""

    _name = "dealer.membership.level"
    _description = "Membership Level"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    benefits = fields.Text(
        translate=True, help="What members of this level get: the desk tells them."
    )
    discount_labor = fields.Float("Discount on Labour (%)")
    discount_parts = fields.Float("Discount on Parts (%)")
    months = fields.Integer(
        "Valid for (months)", required=True, default=12, help="0: without end."
    )
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )

    _discounts_check = models.Constraint(
        "CHECK (COALESCE(discount_labor, 0) BETWEEN 0 AND 100"
        " AND COALESCE(discount_parts, 0) BETWEEN 0 AND 100)",
        "Discount: a share lies between 0 and 100 %.",
    )
    _months_check = models.Constraint(
        "CHECK (months >= 0)", "Valid for (months): not below zero."
    )
