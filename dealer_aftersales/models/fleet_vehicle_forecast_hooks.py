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
VISIT_FIELDS = frozenset(
    {
        "date_delivered",
        "odometer_in",
        "odometer_out",
        "service_kind",
        "state",
        "vehicle_id",
    }
)


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


class RepairOrder(models.Model):
    """A delivered order does the items that are due; taken back, they are due again."""

    _inherit = "repair.order"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["fleet.vehicle"]._collect_forecast():
            repairs = super().create(vals_list)
            repairs.filtered("date_delivered").sudo().vehicle_id._update_forecast()
        return repairs

    def write(self, vals):
        if not VISIT_FIELDS & vals.keys():
            return super().write(vals)
        with self.env["fleet.vehicle"]._collect_forecast():
            before = self.filtered("date_delivered")
            before.sudo().vehicle_id._update_forecast()
            result = super().write(vals)
            after = self.filtered("date_delivered")
            before.sudo()._reopen_due()
            after.sudo().vehicle_id._update_forecast()
        return result

    def unlink(self):
        with self.env["fleet.vehicle"]._collect_forecast():
            self.sudo().vehicle_id._update_forecast()
            self.sudo()._reopen_due(gone=True)
            return super().unlink()

    def _reopen_due(self, gone=False):
        """Items that these orders did are due again if they do not do them any more.

        :param bool gone: the orders are about to be deleted
        """
        if not self:
            return
        undone = (
            self.env["dealer.maintenance.due"]
            .search([("done_repair_id", "in", self.ids), ("state", "=", "done")])
            .filtered(lambda d: gone or d._is_undone())
        )
        undone._reopen()
