# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools import service_state as steps


class RepairOrder(models.Model):
    """A reading below the last one asks for a reason before the work goes on.

    The reading itself still waits among those to be checked (SVC-02); the reason
    stands beside it. History is never asked.
    """

    _inherit = "repair.order"

    odometer_reason = fields.Char(
        "Reason of the Reading",
        copy=False,
        help="Why the odometer shows less than before, e.g. meter replaced.",
    )
    is_odometer_odd = fields.Boolean(compute="_compute_is_odometer_odd")

    @api.depends("odometer_in", "vehicle_id", "service_state")
    def _compute_is_odometer_odd(self):
        """The kilometres typed are fewer than those known of the car."""
        for repair in self:
            km = repair.service_state in steps.OPEN and repair.odometer_in
            repair.is_odometer_odd = bool(km and km < repair.vehicle_id.odometer)

    @api.onchange("odometer_in")
    def _onchange_odometer_in(self):
        if not self.is_odometer_odd or self.odometer_reason:
            return None
        return {
            "warning": {
                "title": self.env._("Odometer"),
                "message": self.env._(
                    "The car had %(km)d km already. Say why it shows less now.",
                    km=self.vehicle_id.odometer,
                ),
            }
        }

    def _get_state_blocks(self, target):
        blocks = super()._get_state_blocks(target)
        if target in steps.FLOW[2:] and not self.odometer_reason:
            readings = self.sudo().odometer_ids
            blocks += [
                self.env._(
                    "Odometer of order %(order)s: %(km)d km is %(problem)s. "
                    "Write the reason on the order.",
                    order=self.name,
                    km=reading.value,
                    problem=reading.quarantine_reason or "",
                )
                for reading in readings
                if reading.state == "quarantined"
            ]
        return blocks


class FleetVehicleOdometer(models.Model):
    _inherit = "fleet.vehicle.odometer"

    repair_reason = fields.Char(
        "Reason told", related="repair_id.odometer_reason", related_sudo=True
    )
