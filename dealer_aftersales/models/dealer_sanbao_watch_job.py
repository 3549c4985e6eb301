# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL

from .dealer_sanbao_watch import REPAIR_KINDS

BATCH = 2000
#: An alert of a car that left longer ago is history: kept, but nobody is sent to it.
FRESH_DAYS = 30
COLUMNS = {
    "vehicle_id": "int",
    "company_id": "int",
    "rule_id": "int",
    "date_start": "date",
    "date_end": "date",
    "odometer_end": "int",
    "visits": "int",
    "days": "int",
    "visit_days": "int",
    "fault_count": "int",
    "fault_name": "text",
    "part_count": "int",
    "part_name": "text",
    "safety_count": "int",
    "level": "text",
    "level_rank": "int",
    "kind": "text",
}

CANDIDATES = """
    SELECT v.id
      FROM fleet_vehicle v
      JOIN fleet_vehicle_model m ON m.id = v.model_id
     WHERE v.id > %(after)s AND v.usage = 'private' AND m.sanbao_months > 0
       AND COALESCE(v.company_id, %(main)s) = %(company)s
       AND v.first_purchase_date >=
           (%(today)s - make_interval(months => m.sanbao_months, days => 60))::date
       AND EXISTS (SELECT 1 FROM repair_order r
                    WHERE r.vehicle_id = v.id AND r.service_kind = ANY(%(kinds)s))
  ORDER BY v.id
     LIMIT %(limit)s
"""


class DealerSanbaoWatch(models.Model):
    """Counting: all cars at night, the cars of an order when it moves."""

    _inherit = "dealer.sanbao.watch"

    @api.model
    def _cron_update_watch(self):
        """Count all household cars in their term, in committed batches.

        Safe to run twice and to stop: rows are replaced by what is true today.
        """
        cron = self.env["ir.cron"]
        cars = self.env["fleet.vehicle"].sudo()
        for company in self.env["res.company"]._get_all_branches():
            after, batch = 0, True
            while batch:
                batch = cars.browse(self._get_candidates(company, after))
                after = batch.ids[-1] if batch else after
                with reported("Three guarantees watch", company):
                    self._update_cars(batch)
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _get_candidates(self, company, after=0, limit=BATCH):
        """Ids of the branch's cars that the law may cover and that were repaired."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                CANDIDATES,
                after=after,
                company=company.id,
                main=self.env.company.id,
                today=company._get_dealer_today(),
                kinds=list(REPAIR_KINDS),
                limit=limit,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _update_cars(self, vehicles):
        """Store the rows of ``vehicles`` and raise the alerts that are new.

        :return: the new alerts
        """
        counted = self._count_cars(vehicles)
        self._store_rows(vehicles, [values for values, *_rest in counted.values()])
        return self._raise_alerts(counted)

    @api.model
    def _store_rows(self, vehicles, rows):
        """One statement writes what changed, one removes what is not watched."""
        cars = [row["vehicle_id"] for row in rows]
        gone = list(set(vehicles.ids) - set(cars))
        if gone:
            self.sudo().search([("vehicle_id", "in", gone)]).unlink()
        if not rows:
            return
        names = list(COLUMNS)
        columns = SQL(", ").join(map(SQL.identifier, names))
        arrays = SQL(", ").join(
            SQL("%s::%s[]", [row[name] for row in rows], SQL(cast))
            for name, cast in COLUMNS.items()
        )
        changes = [n for n in names if n != "vehicle_id"]
        self.env.cr.execute(
            SQL(
                "INSERT INTO dealer_sanbao_watch AS w (%s, create_date, write_date)"
                " SELECT r.*, now() at time zone 'UTC', now() at time zone 'UTC'"
                " FROM unnest(%s) AS r(%s)"
                " ON CONFLICT (vehicle_id) DO UPDATE SET (%s) = ROW(%s)"
                " WHERE (%s) IS DISTINCT FROM (%s)",
                columns,
                arrays,
                columns,
                SQL(", ").join(map(SQL.identifier, changes)),
                SQL(", ").join(SQL.identifier("excluded", n) for n in changes),
                SQL(", ").join(SQL.identifier("w", n) for n in changes),
                SQL(", ").join(SQL.identifier("excluded", n) for n in changes),
            )
        )
        self.invalidate_model()

    @api.model
    def _raise_alerts(self, counted):
        """Insert the alerts that were not raised yet and tell of the fresh ones."""
        rows = [
            (car.id, values["company_id"], *self._prepare_alert(car, finding))
            for car, (values, findings, _visits) in counted.items()
            for finding in findings
        ]
        alerts = self.env["dealer.sanbao.alert"].sudo()
        if not rows:
            return alerts
        found = self.env.execute_query(
            SQL(
                "INSERT INTO dealer_sanbao_alert (vehicle_id, company_id, kind,"
                " subject, label, level, count, threshold, date, create_date)"
                " SELECT r.*, now() at time zone 'UTC' FROM unnest(%s::int[],"
                " %s::int[], %s::text[], %s::text[], %s::text[], %s::text[],"
                " %s::int[], %s::int[], %s::date[]) AS r"
                " ON CONFLICT (vehicle_id, kind, subject, level) DO NOTHING"
                " RETURNING id",
                *map(list, zip(*rows, strict=True)),
            )
        )
        alerts = alerts.browse(sorted(row[0] for row in found))
        alerts.invalidate_model()
        self._tell_managers(alerts, counted)
        return alerts

    @api.model
    def _prepare_alert(self, car, finding):
        branch = car.company_id or self.env.company
        return (
            finding.kind,
            finding.subject,
            finding.label,
            finding.level,
            finding.number,
            finding.threshold,
            branch._get_dealer_today(),
        )

    @api.model
    def _tell_managers(self, alerts, counted):
        """One activity per car whose repair is fresh, to the branch's manager."""
        rows = self.sudo().search([("vehicle_id", "in", alerts.vehicle_id.ids)])
        by_car = {row.vehicle_id: row for row in rows}
        for car, mine in alerts.grouped("vehicle_id").items():
            visits = counted[car][2]
            today = mine[0].date
            last = max((visit.stop or today) for visit in visits)
            manager = mine.company_id._get_service_manager()
            if not manager or last < today - timedelta(days=FRESH_DAYS):
                continue
            row = by_car[car].with_context(mail_activity_quick_update=True)
            row.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Three Guarantees: %(car)s", car=car.display_name),
                note=mine._get_text(),
                user_id=manager.id,
            )
