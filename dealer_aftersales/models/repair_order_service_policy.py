# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class RepairOrder(models.Model):
    """The owner who was not told the service policy yet is told on his next visit."""

    _inherit = "repair.order"

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        vehicle = self.vehicle_id
        if vehicle and vehicle._needs_policy_sheet():
            hints.append(
                self._hint(
                    "policy",
                    self.env._("Service policy not explained to the owner yet"),
                    "info",
                    vehicle,
                    vehicle.has_access("write") and "action_hint_policy",
                    self.env._("Explained"),
                )
            )
        return hints

    def action_hint_policy(self):
        """Tick on the car that its owner was told."""
        self.ensure_one()
        return self.vehicle_id.action_policy_explained()
