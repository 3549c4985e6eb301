# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class FleetVehicle(models.Model):
    """The card of a household car: how near it is to the law's thresholds."""

    _inherit = "fleet.vehicle"

    sanbao_level = fields.Selection(
        related="sanbao_watch_ids.level", string="Three Guarantees Level"
    )

    def action_view_sanbao(self):
        """The alerts of this car."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_sanbao_watch_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {}
        return action
