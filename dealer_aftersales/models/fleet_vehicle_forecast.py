# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class FleetVehicle(models.Model):
    """How far the car is driven, and when it is expected next.

    Filled set-based from the readings, see fleet_vehicle_forecast_job.
    """

    _inherit = "fleet.vehicle"

    km_per_day = fields.Float("km per Day", readonly=True, copy=False, aggregator="avg")
    km_per_day_low = fields.Float(
        "km per Day, at least", readonly=True, copy=False, aggregator=None
    )
    km_per_day_high = fields.Float(
        "km per Day, at most", readonly=True, copy=False, aggregator=None
    )
    km_basis = fields.Selection(
        [
            ("readings", "Readings"),
            ("sale", "Since the sale"),
            ("model", "Average of the model"),
            ("company", "Average of the branch"),
        ],
        "Counted by",
        readonly=True,
        copy=False,
    )
    forecast_date = fields.Date("Last Reading on", readonly=True, copy=False)
    forecast_odometer = fields.Integer(
        "Last Reading (km)", readonly=True, copy=False, aggregator=None
    )
    meter_offset = fields.Integer(
        "On earlier Meters (km)", readonly=True, copy=False, aggregator=None
    )
    maintenance_plan_id = fields.Many2one(
        "dealer.maintenance.plan", readonly=True, copy=False, index="btree_not_null"
    )
    due_ids = fields.One2many("dealer.maintenance.due", "vehicle_id", "Due Services")
    next_service_date = fields.Date(
        "Next Service", readonly=True, copy=False, index="btree_not_null"
    )
    next_service_odometer = fields.Integer(
        "Next Service (km)", readonly=True, copy=False, aggregator=None
    )
