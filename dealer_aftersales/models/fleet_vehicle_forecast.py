# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class FleetVehicle(models.Model):
    """How far the car is driven, and when it is expected next.

    Filled set-based from the readings, see _run_forecast.
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
    odometer_today = fields.Integer(
        "Today about (km)", compute="_compute_odometer_today", aggregator=None
    )
    forecast_note = fields.Char("How it is counted", compute="_compute_forecast_note")
    next_service_name = fields.Char("Next Items", compute="_compute_next_service_name")
    due_ids = fields.One2many("dealer.maintenance.due", "vehicle_id", "Due Services")
    next_service_date = fields.Date(
        "Next Service", readonly=True, copy=False, index="btree_not_null"
    )
    next_service_odometer = fields.Integer(
        "Next Service (km)", readonly=True, copy=False, aggregator=None
    )

    @api.depends("km_per_day", "forecast_date", "forecast_odometer")
    def _compute_odometer_today(self):
        for vehicle in self:
            day, km = vehicle.forecast_date, vehicle.forecast_odometer
            company = vehicle.company_id or self.env.company
            days = (company._get_dealer_today() - day).days if day else 0
            driven = int(vehicle.km_per_day * max(days, 0))
            vehicle.odometer_today = km + driven if day else 0

    @api.depends("km_basis", "km_per_day", "forecast_date", "forecast_odometer")
    @api.depends_context("lang")
    def _compute_forecast_note(self):
        for vehicle in self:
            vehicle.forecast_note = vehicle._get_forecast_note()

    def _get_forecast_note(self):
        """What the forecast stands on, in one sentence; empty without a forecast."""
        self.ensure_one()
        if not self.km_per_day:
            return False
        basis = self._get_basis_texts()[self.km_basis or "company"]
        rate = self.env._(
            "%(rate).1f km per day (%(low).0f–%(high).0f): %(basis)s.",
            rate=self.km_per_day,
            low=self.km_per_day_low,
            high=self.km_per_day_high,
            basis=basis,
        )
        if not self.forecast_date:
            return rate
        last = self.env._(
            "Last reading %(km)s km on %(date)s.",
            km=f"{self.forecast_odometer:,}",
            date=format_date(self.env, self.forecast_date),
        )
        return f"{last} {rate}"

    @api.model
    def _get_basis_texts(self):
        return {
            "readings": self.env._(
                "from its readings at least 14 days apart, a year back counts half"
            ),
            "sale": self.env._("from the day of sale to the only reading"),
            "model": self.env._("average of the model, its own readings do not tell"),
            "company": self.env._("usual rate of the branch, nothing better is known"),
        }

    @api.depends("due_ids.state", "due_ids.date_due")
    def _compute_next_service_name(self):
        """Items that fall due with the next service, so that one visit does them."""
        for vehicle in self:
            dues = vehicle.due_ids.filtered(lambda d: d.state == "open" and d.date_due)
            last = min(dues.mapped("date_due"), default=date.min) + timedelta(days=30)
            near = [due.line_id.name for due in dues if due.date_due <= last]
            vehicle.next_service_name = ", ".join(near)
