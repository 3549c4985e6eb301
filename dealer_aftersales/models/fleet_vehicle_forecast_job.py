# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import api, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL

from .fleet_vehicle_rate import RATE_FIELDS

BATCH = 20_000
WAITING = "dealer_forecast_waiting"

UPDATE_NEXT_SERVICE = """
    UPDATE fleet_vehicle v
       SET next_service_date = next.date_due,
           next_service_odometer = next.odometer_due,
           maintenance_plan_id = next.plan_id
      FROM (SELECT v.id, due.date_due, due.odometer_due, due.plan_id
              FROM fleet_vehicle v
         LEFT JOIN LATERAL (
                   SELECT d.date_due, d.odometer_due, l.plan_id
                     FROM dealer_maintenance_due d
                     JOIN dealer_maintenance_plan_line l ON l.id = d.line_id
                    WHERE d.vehicle_id = v.id AND d.state = 'open'
                 ORDER BY d.date_due, d.id
                    LIMIT 1) due ON TRUE
             WHERE %(scope)s) next
     WHERE next.id = v.id
       AND (v.next_service_date, v.next_service_odometer, v.maintenance_plan_id)
           IS DISTINCT FROM (next.date_due, next.odometer_due, next.plan_id)
"""
NEXT_FIELDS = ["next_service_date", "next_service_odometer", "maintenance_plan_id"]


class FleetVehicle(models.Model):
    """The forecast of many cars: rate, due items, next service; set-based.

    The same statements serve the night, all cars in batches, and one car whose
    reading or visit has just come in.
    """

    _inherit = "fleet.vehicle"

    def _update_forecast(self):
        """Count these cars anew, at once or at the end of what collects them."""
        waiting = self.env.cr.cache.get(WAITING)
        if waiting is not None:
            waiting.update(self.ids)
        elif self.ids:
            scope = SQL("v.id IN %s", tuple(self.ids))
            self.sudo()._run_forecast(scope)

    def _update_forecast_later(self):
        """Count these cars once at the end of the transaction.

        For orders that have just come in: the workshop works with their own reading.
        """
        precommit = self.env.cr.precommit
        if not self.ids:
            return
        if WAITING not in precommit.data:
            precommit.data[WAITING] = set()
            cars = self.sudo().browse()

            @precommit.add
            def count():
                ids = precommit.data.pop(WAITING, ())
                cars.browse(sorted(ids)).exists()._update_forecast()

        precommit.data[WAITING].update(self.ids)

    @contextmanager
    def _collect_forecast(self, is_later=False):
        """Inside, cars are noted only; they are counted once at the end.

        :param bool is_later: at the end of the transaction
        """
        cache = self.env.cr.cache
        if WAITING in cache:
            yield
            return
        cache[WAITING] = set()
        try:
            yield
        except BaseException:
            cache.pop(WAITING, None)
            raise
        cars = self.browse(sorted(cache.pop(WAITING))).exists()
        if is_later:
            cars._update_forecast_later()
        else:
            cars._update_forecast()

    @api.model
    def _run_forecast(self, scope):
        """Rate, due items and next service of the cars in ``scope`` (alias v)."""
        self._flush_forecast()
        due = self.env["dealer.maintenance.due"]
        self._update_km_per_day(scope)
        done = due._update_due(scope)
        if done:
            due._update_due(SQL("v.id IN %s", tuple(done)))
        self.env.cr.execute(SQL(UPDATE_NEXT_SERVICE, scope=scope))
        self.invalidate_model([*RATE_FIELDS, *NEXT_FIELDS, "due_ids"], flush=False)
        due.invalidate_model(flush=False)
        due._cancel_closed_reminders(scope)

    @api.model
    def _flush_forecast(self):
        for model in (
            "fleet.vehicle",
            "fleet.vehicle.model",
            "fleet.vehicle.odometer",
            "repair.order",
            "dealer.repair.labor",
            "dealer.maintenance.due",
            "dealer.maintenance.plan",
            "dealer.maintenance.plan.line",
        ):
            self.env[model].flush_model()

    @api.model
    def _cron_update_forecast(self):
        """Count all cars anew, in committed batches by id.

        Only what changed is written: after a kill the next run finds the first
        batches true and goes on quickly; a batch that fails is logged and skipped.
        """
        cron = self.env["ir.cron"]
        self.env["fleet.vehicle.model"]._update_km_per_day()
        first, last = 0, self._get_forecast_bound(0)
        while last:
            scope = SQL("v.id > %s AND v.id <= %s", first, last)
            with reported("Forecast", self.browse(last)):
                self._run_forecast(scope)
            first, last = last, self._get_forecast_bound(last)
            if not cron._commit_progress(1, remaining=1 if last else 0):
                return
        self.env["dealer.maintenance.due"]._cancel_stopped_reminders()

    @api.model
    def _get_forecast_bound(self, after):
        """:return: id of the last car of the batch after that id, or None"""
        self.env.cr.execute(
            SQL(
                "SELECT max(id) FROM (SELECT id FROM fleet_vehicle WHERE id > %s"
                " AND trade_state IS NOT NULL ORDER BY id LIMIT %s) batch",
                after,
                BATCH,
            )
        )
        return self.env.cr.fetchone()[0]
