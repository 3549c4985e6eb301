# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.mileage import MAX_DAYS, MAX_KM

#: a car first seen below this counts from its purchase, wherever it was bought
NEW_KM = 10_000

# Cars in scope, the plan of each kind of car, and when each item was done last.
WANTED = """
    zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[],
                             %(days)s::date[]) AS z(id, name, today)
    ), car AS (
        SELECT v.id, v.owner_id, v.advisor_id, v.company_id, v.km_per_day AS rate,
               v.km_per_day_low AS low, v.km_per_day_high AS high, v.forecast_date,
               v.forecast_odometer + v.meter_offset AS total, v.meter_offset,
               v.first_purchase_date, v.origin, COALESCE(v.model_id, 0) AS model,
               COALESCE(m.brand_id, 0) AS brand, COALESCE(v.fuel_type, '') AS fuel,
               COALESCE(v.usage, '') AS usage,
               COALESCE(v.company_id, 0) AS branch, zone.today
          FROM fleet_vehicle v
          JOIN zone ON zone.id = COALESCE(v.company_id, %(main)s)
     LEFT JOIN fleet_vehicle_model m ON m.id = v.model_id
         WHERE v.trade_state = 'customer' AND v.active AND v.owner_id IS NOT NULL
           AND v.km_per_day > 0 AND %(scope)s
    ), kind AS (
        SELECT k.*, chosen.id AS plan_id
          FROM (SELECT DISTINCT model, brand, fuel, usage, branch FROM car) k
          JOIN LATERAL (
               SELECT p.id
                 FROM dealer_maintenance_plan p
            LEFT JOIN LATERAL (
                      SELECT count(*) AS number,
                             count(*) FILTER (
                                 WHERE r.fleet_vehicle_model_id = k.model) AS own
                        FROM dealer_maintenance_plan_fleet_vehicle_model_rel r
                       WHERE r.dealer_maintenance_plan_id = p.id) models ON TRUE
                WHERE p.active
                  AND (p.company_id IS NULL OR p.company_id = k.branch)
                  AND (p.brand_id IS NULL OR p.brand_id = k.brand)
                  AND (p.fuel_type IS NULL OR p.fuel_type = k.fuel)
                  AND (p.usage IS NULL OR p.usage = k.usage)
                  AND (models.number = 0 OR models.own > 0)
             ORDER BY models.own > 0 DESC, p.brand_id IS NOT NULL DESC,
                      p.fuel_type IS NOT NULL DESC, p.usage IS NOT NULL DESC,
                      p.company_id IS NOT NULL DESC,
                      p.sequence, p.id
                LIMIT 1) chosen ON TRUE
    ), wanted AS (
        SELECT car.*, l.id AS line_id, l.is_main, l.product_id,
               COALESCE(l.months, 0) AS months, COALESCE(l.km, 0) AS km,
               COALESCE(NULLIF(l.first_months, 0), l.months, 0) AS first_months,
               COALESCE(NULLIF(l.first_km, 0), l.km, 0) AS first_km
          FROM car
          JOIN kind USING (model, brand, fuel, usage, branch)
          JOIN dealer_maintenance_plan_line l ON l.plan_id = kind.plan_id
         WHERE l.months > 0 OR l.km > 0
    ), visit AS (
        SELECT r.id, r.vehicle_id, r.service_kind,
               (r.date_delivered AT TIME ZONE 'UTC'
                AT TIME ZONE COALESCE(zone.name, 'UTC'))::date AS day,
               COALESCE(NULLIF(r.odometer_in, 0), NULLIF(r.odometer_out, 0)) AS km
          FROM car
          JOIN repair_order r ON r.vehicle_id = car.id
     LEFT JOIN zone ON zone.id = r.company_id
         WHERE r.state = 'done' AND r.date_delivered IS NOT NULL
    ), served AS (
        SELECT w.id AS vehicle_id, w.line_id, visit.id AS repair_id, visit.day,
               visit.km
          FROM wanted w
          JOIN (SELECT DISTINCT ON (vehicle_id) *
                  FROM visit
                 WHERE service_kind = 'maintenance'
              ORDER BY vehicle_id, day DESC, id DESC) visit ON visit.vehicle_id = w.id
         WHERE w.is_main
    UNION ALL
        SELECT w.id, w.line_id, visit.id, visit.day, visit.km
          FROM visit
          JOIN dealer_repair_labor b ON b.repair_id = visit.id
          JOIN wanted w ON w.id = visit.vehicle_id AND w.product_id = b.product_id
    UNION ALL
        SELECT d.vehicle_id, d.line_id, visit.id, visit.day, visit.km
          FROM visit
          JOIN dealer_repair_labor b ON b.repair_id = visit.id
          JOIN dealer_maintenance_due d ON d.id = b.due_id
                                       AND d.vehicle_id = visit.vehicle_id
    UNION ALL
        SELECT d.vehicle_id, d.line_id, NULL, d.date_done, NULLIF(d.odometer_done, 0)
          FROM car
          JOIN dealer_maintenance_due d ON d.vehicle_id = car.id
         WHERE d.state <> 'open' AND d.cause IN ('elsewhere', 'refused')
           AND d.date_done IS NOT NULL
    ), latest AS (
        SELECT DISTINCT ON (vehicle_id, line_id) *
          FROM served
      ORDER BY vehicle_id, line_id, day DESC, repair_id DESC NULLS LAST
    ), seen AS (
        SELECT car.id,
               CASE WHEN of_new THEN car.first_purchase_date ELSE first.day END AS day,
               CASE WHEN of_new THEN 0 ELSE first.km END AS km, of_new
          FROM car
     LEFT JOIN LATERAL (
               SELECT o.date AS day, o.value::int AS km
                 FROM fleet_vehicle_odometer o
                WHERE o.vehicle_id = car.id AND o.state = 'accepted'
                  AND o.value BETWEEN 0 AND %(max_km)s
                  AND o.date BETWEEN DATE '1970-01-01' AND car.today
             ORDER BY o.segment, o.date, o.id
                LIMIT 1) first ON car.origin IS DISTINCT FROM 'own_sale'
                              OR car.first_purchase_date IS NULL
    CROSS JOIN LATERAL (
               SELECT car.first_purchase_date IS NOT NULL AND (
                      car.origin = 'own_sale' OR first.km IS NULL
                      OR (first.km < %(new_km)s
                          AND car.origin IS DISTINCT FROM 'trade_in')) IS TRUE
                      AS of_new) judged
    )
"""

# The due dates: the rule of next_due in tools/mileage.py.
TARGET = """
    basis AS (
        SELECT w.*, latest.repair_id, latest.day IS NULL AND seen.of_new AS is_new,
               COALESCE(latest.day, seen.day) AS base_day,
               CASE WHEN latest.day IS NULL THEN seen.km ELSE latest.km END AS base_km
          FROM wanted w
     LEFT JOIN latest ON latest.vehicle_id = w.id AND latest.line_id = w.line_id
     LEFT JOIN seen ON seen.id = w.id
         WHERE COALESCE(latest.day, seen.day) IS NOT NULL
    ), counted AS (
        SELECT b.*,
               CASE WHEN is_new THEN first_months ELSE months END AS each_months,
               CASE WHEN is_new THEN first_km ELSE km END AS each_km,
               CASE WHEN base_km IS NOT NULL
                    THEN LEAST(GREATEST(base_km, 0), %(max_km)s)
                         + COALESCE(meter.before, 0)
                    WHEN forecast_date IS NULL THEN 0
                    ELSE GREATEST(floor(total + rate * (base_day - forecast_date)), 0)
                    END AS base_total
          FROM basis b
     LEFT JOIN LATERAL (%(meter)s) meter ON b.meter_offset <> 0
    ), dated AS (
        SELECT c.*, base_day + make_interval(months => NULLIF(each_months, 0))
                    AS by_months,
               CASE WHEN forecast_date IS NULL OR base_day > forecast_date
                    THEN base_day ELSE forecast_date END AS from_day,
               GREATEST(base_total + each_km
                        - CASE WHEN forecast_date IS NULL OR base_day > forecast_date
                               THEN base_total ELSE total END, 0) AS km_left
          FROM counted c
    ), target AS MATERIALIZED (
        SELECT id AS vehicle_id, line_id, owner_id, advisor_id, company_id,
               is_new AND is_main AS is_first, base_day, repair_id,
               CASE WHEN base_km IS NULL THEN base_total - COALESCE(meter_offset, 0)
                    ELSE base_km END::int AS base_km,
               LEAST(by_months::date, %(by_km)s) AS day,
               LEAST(by_months::date, %(by_km_high)s) AS low,
               LEAST(by_months::date, %(by_km_low)s) AS high,
               CASE WHEN each_km > 0 THEN LEAST(GREATEST(floor(base_total + each_km
                    - COALESCE(meter_offset, 0)), 0), 9999999)::int ELSE 0
                    END AS odometer
          FROM dated
         WHERE each_months > 0 OR each_km > 0
    )
"""
BY_KM = """CASE WHEN each_km > 0 THEN
    from_day + LEAST(floor(km_left / %s), %s)::int END"""

# Kilometres on the meters before the one that was read on the day.
METER_BEFORE = """
    SELECT m.before
      FROM (SELECT o.segment, min(o.date) AS day,
                   sum((array_agg(o.value ORDER BY o.date DESC, o.value DESC))[1]
                       - COALESCE(max(o.value) FILTER (WHERE o.is_meter_start), 0))
                       OVER (ORDER BY o.segment)
                   - (array_agg(o.value ORDER BY o.date DESC, o.value DESC))[1]
                   AS before
              FROM fleet_vehicle_odometer o
             WHERE o.vehicle_id = b.id AND o.state = 'accepted'
               AND o.value BETWEEN 0 AND %(max_km)s
               AND o.date BETWEEN DATE '1970-01-01' AND b.today
          GROUP BY o.segment) m
  ORDER BY m.day < b.base_day DESC,
           CASE WHEN m.day < b.base_day THEN -m.segment ELSE m.segment END
     LIMIT 1
"""

# Renewed items are closed here and opened by the next run of the statement: the
# index on open items allows one only.
APPLY = """
    WITH {wanted}, {target}, closed AS (
        UPDATE dealer_maintenance_due d
           SET state = 'done', date_done = t.base_day, odometer_done = t.base_km,
               done_repair_id = t.repair_id
          FROM target t
         WHERE d.vehicle_id = t.vehicle_id AND d.line_id = t.line_id
           AND d.state = 'open' AND t.repair_id <> COALESCE(d.base_repair_id, 0)
           AND t.base_day >= d.date_base
        RETURNING d.vehicle_id
    ), moved AS (
        UPDATE dealer_maintenance_due d
           SET partner_id = t.owner_id, advisor_id = t.advisor_id,
               company_id = t.company_id, is_first_service = t.is_first,
               date_base = t.base_day, odometer_base = t.base_km,
               base_repair_id = t.repair_id, date_due = t.day, date_low = t.low,
               date_high = t.high, odometer_due = t.odometer
          FROM target t
         WHERE d.vehicle_id = t.vehicle_id AND d.line_id = t.line_id
           AND d.state = 'open'
           AND (t.repair_id <> COALESCE(d.base_repair_id, 0)
                AND t.base_day >= d.date_base) IS NOT TRUE
           AND (d.partner_id, d.advisor_id, d.company_id, d.is_first_service,
                d.date_base, d.odometer_base, d.base_repair_id, d.date_due,
                d.date_low, d.date_high, d.odometer_due)
               IS DISTINCT FROM
               (t.owner_id, t.advisor_id, t.company_id, t.is_first, t.base_day,
                t.base_km, t.repair_id, t.day, t.low, t.high, t.odometer)
    ), gone AS (
        UPDATE dealer_maintenance_due d
           SET state = 'cancelled',
               cause = CASE WHEN car.id IS NULL THEN 'sold' ELSE 'plan' END
          FROM fleet_vehicle v
     LEFT JOIN car ON car.id = v.id
         WHERE d.vehicle_id = v.id AND d.state = 'open' AND %(scope)s
           AND NOT EXISTS (
               SELECT FROM target t
                WHERE t.vehicle_id = d.vehicle_id AND t.line_id = d.line_id)
    ), made AS (
        INSERT INTO dealer_maintenance_due (
               vehicle_id, line_id, partner_id, advisor_id, company_id,
               is_first_service, date_base, odometer_base, base_repair_id, date_due,
               date_low, date_high, odometer_due, state, create_uid, create_date,
               write_uid, write_date)
        SELECT t.vehicle_id, t.line_id, t.owner_id, t.advisor_id, t.company_id,
               t.is_first, t.base_day, t.base_km, t.repair_id, t.day, t.low, t.high,
               t.odometer, 'open', %(uid)s, now() at time zone 'UTC', %(uid)s,
               now() at time zone 'UTC'
          FROM target t
     LEFT JOIN dealer_maintenance_due d ON d.vehicle_id = t.vehicle_id
                                       AND d.line_id = t.line_id
                                       AND d.state = 'open'
         WHERE d.id IS NULL
      ORDER BY t.vehicle_id, t.line_id
        ON CONFLICT (vehicle_id, line_id) WHERE state = 'open' DO NOTHING
    )
    SELECT DISTINCT vehicle_id FROM closed
"""


class DealerMaintenanceDue(models.Model):
    """The due items of many cars in one statement."""

    _inherit = "dealer.maintenance.due"

    @api.model
    def _update_due(self, scope):
        """Open, move, close and cancel items of the cars in ``scope``.

        :param SQL scope: condition on the cars, as alias v
        :return: ids of cars with an item that was done: run it for them again
        """
        branches = self.env["res.company"]._get_all_branches()
        meter = SQL(METER_BEFORE, max_km=MAX_KM)
        statement = APPLY.format(wanted=WANTED, target=TARGET)
        self.env.cr.execute(
            SQL(
                statement,
                scope=scope,
                meter=meter,
                **branches._get_branch_zones(),
                days=[fields.Date.to_string(b._get_dealer_today()) for b in branches],
                main=self.env.company.id,
                max_km=MAX_KM,
                new_km=NEW_KM,
                by_km=SQL(BY_KM, SQL("rate"), MAX_DAYS),
                by_km_low=SQL(BY_KM, SQL("low"), MAX_DAYS),
                by_km_high=SQL(BY_KM, SQL("high"), MAX_DAYS),
                uid=self.env.uid,
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]
