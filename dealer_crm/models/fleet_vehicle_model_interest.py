# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class FleetVehicleModel(models.Model):
    """Who is interested in a model."""

    _inherit = "fleet.vehicle.model"

    interest_count = fields.Integer(
        "Interested",
        compute="_compute_interest_count",
        groups="dealer_crm.group_dealer_user",
    )

    def _compute_interest_count(self):
        counts = {}
        interests = self.env["dealer.interest"]
        if self._origin and interests.has_access("read"):
            rows = interests._read_group(
                [("vehicle_model_id", "in", self._origin.ids)],
                ["vehicle_model_id"],
                ["__count"],
            )
            counts = {model.id: count for model, count in rows}
        for model in self:
            model.interest_count = counts.get(model._origin.id, 0)

    def action_view_interests(self):
        """The persons interested in this model, the strongest interest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_interest_action"
        )
        action["domain"] = [("vehicle_model_id", "=", self.id)]
        action["context"] = {"default_vehicle_model_id": self.id}
        action["display_name"] = self.display_name
        return action
