# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class FleetVehicleModel(models.Model):
    """Fleet counts company cars on a model, the dealership counts its own."""

    _inherit = "fleet.vehicle.model"

    vehicle_count = fields.Integer(compute="_compute_company_vehicle_count")
    dealer_vehicle_count = fields.Integer(
        "Dealership's Vehicles", compute="_compute_dealer_vehicle_count"
    )

    def _compute_company_vehicle_count(self):
        """Core counts every car, customers' ones too."""
        counts = self._count_vehicles([("trade_state", "=", False)])
        for model in self:
            model.vehicle_count = counts.get(model._origin.id, 0)

    def _compute_dealer_vehicle_count(self):
        counts = self._count_vehicles([("trade_state", "!=", False)])
        for model in self:
            model.dealer_vehicle_count = counts.get(model._origin.id, 0)

    def _count_vehicles(self, domain):
        groups = self.env["fleet.vehicle"]._read_group(
            [("model_id", "in", self.ids), *domain], ["model_id"], ["__count"]
        )
        return {model.id: count for model, count in groups}

    def action_model_vehicle(self):
        """Fleet's button opens what it counts."""
        action = super().action_model_vehicle()
        return {**action, "domain": [("trade_state", "=", False)]}

    def action_view_dealer_vehicles(self):
        """The dealership's cars of this model."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.fleet_vehicle_action"
        )
        action["domain"] = [
            ("model_id", "=", self.id),
            ("trade_state", "!=", False),
        ]
        action["context"] = {
            "default_trade_state": "customer",
            "default_model_id": self.id,
        }
        return action
