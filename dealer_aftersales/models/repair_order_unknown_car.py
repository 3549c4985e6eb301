# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class RepairOrder(models.Model):
    """The way to the dialog for a car that is not in the books yet."""

    _inherit = "repair.order"

    @api.model
    def _get_unknown_car_action(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_unknown_car_action"
        )

    def action_unknown_car(self):
        """Enter a car and its owner for this order."""
        self.ensure_one()
        action = self._get_unknown_car_action()
        action["context"] = {
            "default_repair_id": self.id,
            "default_partner_id": self.partner_id.id,
            "default_odometer": self.odometer_in,
            "default_service_kind": self.service_kind,
        }
        return action

    def action_new_unknown_car(self):
        """Enter a car and its owner, and open an order on it."""
        action = self._get_unknown_car_action()
        action["context"] = {}
        return action
