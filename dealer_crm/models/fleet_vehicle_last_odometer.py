# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class FleetVehicle(models.Model):
    """Last odometer = newest accepted reading of the present meter.

    One query for all cars; core takes the highest value ever, one query per car.
    """

    _inherit = "fleet.vehicle"

    odometer = fields.Float(compute="_compute_odometer_accepted", aggregator=None)
    odometer_ids = fields.One2many("fleet.vehicle.odometer", "vehicle_id", "Readings")

    @api.depends(
        "odometer_ids.value",
        "odometer_ids.date",
        "odometer_ids.state",
        "odometer_ids.segment",
    )
    def _compute_odometer_accepted(self):
        self.env["fleet.vehicle.odometer"].flush_model()
        rows = {}
        if self.ids:
            rows = dict(
                self.env.execute_query(
                    SQL(
                        """
                        SELECT DISTINCT ON (vehicle_id) vehicle_id, value
                          FROM fleet_vehicle_odometer
                         WHERE vehicle_id IN %s AND state = 'accepted'
                         ORDER BY vehicle_id, segment DESC, date DESC NULLS LAST,
                                  id DESC
                        """,
                        tuple(self.ids),
                    )
                )
            )
        for vehicle in self:
            vehicle.odometer = rows.get(vehicle._origin.id, 0.0)

    def write(self, vals):
        """A lower reading of a customer's car is logged to be checked, not refused.

        An emptied field says nothing about the car.
        """
        if "odometer" not in vals:
            return super().write(vals)
        lower = self.filtered(
            lambda v: v.trade_state and v.odometer > (vals["odometer"] or 0)
        )
        if not lower:
            return super().write(vals)
        rest = {name: value for name, value in vals.items() if name != "odometer"}
        (self - lower).write(vals)
        if vals["odometer"]:
            self.env["fleet.vehicle.odometer"].create(
                [{"vehicle_id": car.id, "value": vals["odometer"]} for car in lower]
            )
        return super(FleetVehicle, lower).write(rest)
