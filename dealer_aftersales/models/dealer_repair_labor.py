# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerRepairLabor(models.Model):
    """One piece of work: what, how long, by whom, at which price."""

    _name = "dealer.repair.labor"
    _description = "Labour Line"
    _order = "repair_id, sequence, id"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Operation", required=True)
    hours = fields.Float(default=1.0)
    technician_id = fields.Many2one("res.users")
    company_id = fields.Many2one(related="repair_id.company_id")
    currency_id = fields.Many2one(related="repair_id.currency_id")
    price_unit = fields.Monetary("Price per Hour")
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)

    _hours_check = models.Constraint(
        "CHECK (hours >= 0)", "Hours: labour cannot take less than no time."
    )

    @api.depends("hours", "price_unit")
    def _compute_amount(self):
        for line in self:
            currency = line.currency_id or self.env.company.currency_id
            line.amount = currency.round(line.hours * line.price_unit)
