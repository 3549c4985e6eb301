# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

CAR_FIELDS = frozenset(
    {
        "active",
        "company_id",
        "fuel_type",
        "model_id",
        "origin",
        "owner_id",
        "purchase_date",
        "trade_state",
    }
)
READING_FIELDS = frozenset({"date", "segment", "state", "value", "vehicle_id"})


class FleetVehicle(models.Model):
    """A car that changes hands, model or state is counted anew."""

    _inherit = "fleet.vehicle"

    @api.model_create_multi
    def create(self, vals_list):
        with self._collect_forecast():
            vehicles = super().create(vals_list)
            if not self.env.context.get("import_file"):
                vehicles.filtered(
                    lambda v: v.trade_state == "customer"
                )._update_forecast()
        return vehicles

    def write(self, vals):
        if not CAR_FIELDS & vals.keys():
            return super().write(vals)
        with self._collect_forecast():
            result = super().write(vals)
            self.filtered("trade_state")._update_forecast()
        return result

    def _replace_meter(self, day, old_value, new_value, reason):
        with self._collect_forecast():
            return super()._replace_meter(day, old_value, new_value, reason)

    def action_undo_meter_replacement(self):
        with self._collect_forecast():
            return super().action_undo_meter_replacement()


class FleetVehicleOdometer(models.Model):
    """A reading that comes, changes or goes changes the forecast."""

    _inherit = "fleet.vehicle.odometer"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["fleet.vehicle"]._collect_forecast():
            readings = super().create(vals_list)
            readings._update_cars_forecast()
        return readings

    def write(self, vals):
        if not READING_FIELDS & vals.keys():
            return super().write(vals)
        with self.env["fleet.vehicle"]._collect_forecast():
            self._update_cars_forecast()
            result = super().write(vals)
            self._update_cars_forecast()
        return result

    def unlink(self):
        with self.env["fleet.vehicle"]._collect_forecast():
            self._update_cars_forecast()
            return super().unlink()

    def _update_cars_forecast(self):
        self.sudo().vehicle_id.filtered("trade_state")._update_forecast()
