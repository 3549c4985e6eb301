# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerPointsRedeem(models.TransientModel):
    """How many points are spent on an order; as many as possible are proposed."""

    _name = "dealer.points.redeem"
    _description = "Spend Points"

    repair_id = fields.Many2one(
        "repair.order", required=True, readonly=True, ondelete="cascade"
    )
    points = fields.Integer(required=True)
    currency_id = fields.Many2one(related="repair_id.currency_id")
    amount = fields.Monetary("Discount", compute="_compute_amount")

    @api.depends("points")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.repair_id._get_points_value(wizard.points)

    def action_confirm(self):
        self.ensure_one()
        self.repair_id._redeem_points(self.points)
        return {"type": "ir.actions.act_window_close"}
