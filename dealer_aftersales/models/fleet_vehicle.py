# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class FleetVehicle(models.Model):
    """The service side of the vehicle card."""

    _inherit = "fleet.vehicle"

    repair_ids = fields.One2many("repair.order", "vehicle_id", "Repair Orders")
    repair_count = fields.Integer(compute="_compute_repair_count")
    last_visit_date = fields.Date("Last Visit", readonly=True, index="btree_not_null")

    @api.model
    def _get_vin_override_groups(self):
        return [
            *super()._get_vin_override_groups(),
            "dealer_aftersales.group_service_manager",
        ]

    @api.depends("repair_ids")
    def _compute_repair_count(self):
        counts = dict(
            self.env["repair.order"]._read_group(
                [("vehicle_id", "in", self.ids)], ["vehicle_id"], ["__count"]
            )
        )
        for vehicle in self:
            vehicle.repair_count = counts.get(vehicle._origin, 0)

    def action_view_repairs(self):
        """The car's repair orders; a new one is filled from the car."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.repair_order_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {
            "default_vehicle_id": self.id,
            "default_partner_id": self.owner_id.id,
        }
        return action

    def action_new_repair(self):
        """Open an empty repair order on this car."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "repair.order",
            "views": [(False, "form")],
            "context": {
                "default_vehicle_id": self.id,
                "default_partner_id": self.owner_id.id,
            },
        }
