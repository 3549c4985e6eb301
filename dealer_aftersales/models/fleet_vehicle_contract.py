# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter


class FleetVehicle(models.Model):
    """Service contracts of the car; they follow it to its next owner."""

    _inherit = "fleet.vehicle"

    contract_ids = fields.One2many(
        "dealer.service.contract", "vehicle_id", "Service Contracts"
    )
    contract_count = fields.Integer(compute="_compute_contract_count")

    @api.depends("contract_ids")
    def _compute_contract_count(self):
        fill_counter(self, "contract_count", "dealer.service.contract", "vehicle_id")

    def write(self, vals):
        changed = self.browse()
        if vals.get("owner_id"):
            changed = self.filtered(lambda v: v.owner_id.id != vals["owner_id"])
        result = super().write(vals)
        changed._hand_over_contracts()
        return result

    def _hand_over_contracts(self):
        """Contracts go with the car, personal ones end; taken back, they live again."""
        contracts = self.sudo().contract_ids
        if not contracts:
            return
        moved = contracts.filtered(lambda c: c.partner_id != c.vehicle_id.owner_id)
        for contract in moved:
            if not contract.type_id.is_personal:
                contract.partner_id = contract.vehicle_id.owner_id
            elif not contract.ended_by:
                contract.ended_by = "transfer"
        back = (contracts - moved).filtered(lambda c: c.ended_by == "transfer")
        back.ended_by = False
        contracts._update_state()

    def action_view_contracts(self):
        """The car's contracts; a new one is filled from the car."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_service_contract_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {"default_vehicle_id": self.id}
        return action
