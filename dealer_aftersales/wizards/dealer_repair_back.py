# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerRepairBack(models.TransientModel):
    """Why an order goes one step back; the reason stands in its steps."""

    _name = "dealer.repair.back"
    _description = "Step Back"

    repair_id = fields.Many2one(
        "repair.order",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self._get_order(),
    )
    service_state = fields.Selection(
        related="repair_id.service_state", string="Current State"
    )
    reason = fields.Char(required=True)

    @api.model
    def _get_order(self):
        return self.env["repair.order"].browse(self.env.context.get("active_id"))

    def action_confirm(self):
        self.ensure_one()
        self.repair_id.action_step_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
