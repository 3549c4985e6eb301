# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerVehicleAllocate(models.TransientModel):
    """For whom a stock car is kept."""

    _name = "dealer.vehicle.allocate"
    _description = "Allocate a Car"

    vehicle_id = fields.Many2one("fleet.vehicle", required=True, readonly=True)
    lead_id = fields.Many2one(
        "crm.lead",
        domain="[('type', '=', 'opportunity'), ('active', '=', True)]",
    )
    order_id = fields.Many2one("sale.order", "Contract")

    @api.onchange("lead_id")
    def _onchange_lead_id(self):
        self.order_id = self.order_id.filtered(
            lambda order: order.opportunity_id == self.lead_id
        )

    def action_allocate(self):
        """:raises UserError: when neither lead nor contract is chosen"""
        self.ensure_one()
        if not (self.lead_id or self.order_id):
            raise UserError(self.env._("Choose the lead or the contract."))
        lead = self.lead_id or self.order_id.opportunity_id
        self.vehicle_id._allocate(lead=lead, order=self.order_id)
        return True
