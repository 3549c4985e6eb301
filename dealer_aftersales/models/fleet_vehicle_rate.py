# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.mileage import (
    HALF_LIFE,
    HISTORY_DAYS,
    MAX_KM,
    MAX_RATE,
    MIN_DAYS,
    MIN_RATE,
    SPREAD_COUNT,
)

#: cars of a model that make an average
MODEL_CARS = 5

# The rules of tools/mileage.py for many cars at once. Days are numbers, so that the
# reading 14 days back comes from the same sort as everything else.
UPDATE_RATE = """
    WITH branch AS (
        SELECT * FROM unnest(%(companies)s::int[], %(days)s::date[],
                             %(defaults)s::float8[]) AS b(company, today, rate)
    ), car AS (
        SELECT v.id, v.first_purchase_date, v.origin, b.today, b.rate,
               m.km_per_day AS model_rate
          FROM fleet_vehicle v
          JOIN branch b ON b.company = COALESCE(v.company_id, %(main)s)
     LEFT JOIN fleet_vehicle_model m ON m.id = v.model_id
         WHERE v.trade_state = 'customer' AND v.active AND %(scope)s
    ), reading AS (
        SELECT o.vehicle_id, o.segment, o.date - DATE '2000-01-01' AS day,
               max(o.value) AS km,
               max(o.value) FILTER (WHERE o.is_meter_start) AS first
          FROM car
          JOIN fleet_vehicle_odometer o ON o.vehicle_id = car.id
         WHERE o.state = 'accepted' AND o.value BETWEEN 0 AND %(max_km)s
           AND o.date BETWEEN DATE '1970-01-01' AND car.today
         GROUP BY o.vehicle_id, o.segment, o.date
    ), pair AS (
        SELECT vehicle_id, segment, day, km,
               max(day) OVER (PARTITION BY vehicle_id) AS newest,
               max(first) OVER meter AS first,
               lead(day) OVER (PARTITION BY vehicle_id, segment ORDER BY day)
                    IS NULL AS is_last,
               last_value(km) OVER back AS km_back,
               last_value(day) OVER back AS day_back
          FROM reading
        WINDOW meter AS (PARTITION BY vehicle_id, segment),
               back AS (PARTITION BY vehicle_id, segment ORDER BY day
                        RANGE BETWEEN UNBOUNDED PRECEDING AND %(min_days)s PRECEDING)
    ), used AS (
        SELECT vehicle_id, (day - day_back)::float8 AS days, km - km_back AS km,
               power(0.5::float8, (newest - day) / %(half_life)s::float8) AS weight
          FROM pair
         WHERE newest - day <= %(history)s
           AND km - km_back BETWEEN %(min_rate)s * (day - day_back)
                                AND %(max_rate)s * (day - day_back)
    ), mean AS (
        SELECT vehicle_id, count(*) AS number,
               sum(weight * km) / sum(weight * days) AS rate,
               sum(weight * km * km / days) / sum(weight * days) AS square
          FROM used
         GROUP BY vehicle_id
    ), meter AS (
        SELECT vehicle_id, segment, day, km,
               sum(km - COALESCE(first, 0)) OVER (PARTITION BY vehicle_id
                   ORDER BY segment) - km AS before,
               lead(segment) OVER (PARTITION BY vehicle_id ORDER BY segment)
                    IS NULL AS is_present
          FROM pair
         WHERE is_last
    ), judged AS (
        SELECT car.id, meter.day, meter.km, meter.before,
               CASE WHEN mean.number > 0 THEN 'readings'
                    WHEN sale.rate IS NOT NULL THEN 'sale'
                    WHEN car.model_rate > 0 THEN 'model'
                    ELSE 'company' END AS basis,
               LEAST(GREATEST(floor(COALESCE(
                    mean.rate, sale.rate, NULLIF(car.model_rate, 0), car.rate
               ) * 100 + 0.5) / 100, %(min_rate)s), %(max_rate)s) AS rate,
               CASE WHEN mean.number >= %(spread_count)s THEN floor(sqrt(GREATEST(
                    mean.square - mean.rate * mean.rate, 0)) * 100 + 0.5) / 100
               END AS spread
          FROM car
     LEFT JOIN mean ON mean.vehicle_id = car.id
     LEFT JOIN meter ON meter.vehicle_id = car.id AND meter.is_present
     LEFT JOIN LATERAL (
               SELECT meter.km / NULLIF(sold.days, 0) AS rate
                 FROM (SELECT meter.day - (car.first_purchase_date
                              - DATE '2000-01-01') AS days) sold
                WHERE meter.segment = 1
                  AND car.origin IS DISTINCT FROM 'trade_in'
                  AND sold.days >= %(min_days)s
                  AND meter.km BETWEEN %(min_rate)s * sold.days
                                   AND %(max_rate)s * sold.days) sale ON TRUE
    ), known AS (
        SELECT id, rate, basis, km::int AS km, before::int AS before,
               DATE '2000-01-01' + day AS day,
               CASE WHEN spread IS NULL THEN 0.25 * rate
                    ELSE GREATEST(spread, 0.1 * rate) END AS share
          FROM judged
    ), bounded AS (
        SELECT *,
               LEAST(GREATEST(floor((rate - share) * 100 + 0.5) / 100,
                     %(min_rate)s), %(max_rate)s) AS low,
               LEAST(GREATEST(floor((rate + share) * 100 + 0.5) / 100,
                     %(min_rate)s), %(max_rate)s) AS high
          FROM known
    )
    UPDATE fleet_vehicle v
       SET km_per_day = b.rate, km_per_day_low = b.low, km_per_day_high = b.high,
           km_basis = b.basis, forecast_date = b.day, forecast_odometer = b.km,
           meter_offset = b.before
      FROM bounded b
     WHERE b.id = v.id
       AND (v.km_per_day, v.km_per_day_low, v.km_per_day_high, v.km_basis,
            v.forecast_date, v.forecast_odometer, v.meter_offset)
           IS DISTINCT FROM
           (b.rate, b.low, b.high, b.basis::varchar, b.day, b.km, b.before)
"""

UPDATE_MODEL_RATE = """
    UPDATE fleet_vehicle_model m
       SET km_per_day = mean.rate
      FROM (SELECT m2.id, round(avg(v.km_per_day)) AS rate
              FROM fleet_vehicle_model m2
         LEFT JOIN fleet_vehicle v ON v.model_id = m2.id AND v.active
                                  AND v.trade_state = 'customer'
                                  AND v.km_basis = 'readings'
          GROUP BY m2.id
            HAVING count(v.id) >= %(cars)s OR count(v.id) = 0) mean
     WHERE mean.id = m.id AND m.km_per_day IS DISTINCT FROM mean.rate
"""
RATE_FIELDS = [
    "km_per_day",
    "km_per_day_low",
    "km_per_day_high",
    "km_basis",
    "forecast_date",
    "forecast_odometer",
    "meter_offset",
]


class FleetVehicleModel(models.Model):
    """What cars of a model drive on average."""

    _inherit = "fleet.vehicle.model"

    km_per_day = fields.Float(
        "km per Day",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Average of the customers' cars of this model; counted at night.",
    )

    @api.model
    def _update_km_per_day(self):
        """Average of each model with enough cars: one statement."""
        self.env["fleet.vehicle"].flush_model()
        self.flush_model()
        self.env.cr.execute(SQL(UPDATE_MODEL_RATE, cars=MODEL_CARS))
        self.invalidate_model(["km_per_day"])


class FleetVehicle(models.Model):
    """The rate of many cars in one statement."""

    _inherit = "fleet.vehicle"

    @api.model
    def _update_km_per_day(self, scope):
        """Store the rates of the customers' cars in ``scope``, only what changed.

        :param SQL scope: condition on the cars, as alias v
        """
        branches = self.env["res.company"]._get_all_branches()
        self.env.cr.execute(
            SQL(
                UPDATE_RATE,
                scope=scope,
                companies=branches.ids,
                days=[fields.Date.to_string(b._get_dealer_today()) for b in branches],
                defaults=[b.default_km_per_day or 40.0 for b in branches],
                main=self.env.company.id,
                max_km=MAX_KM,
                min_days=MIN_DAYS,
                half_life=HALF_LIFE,
                history=HISTORY_DAYS,
                min_rate=MIN_RATE,
                max_rate=MAX_RATE,
                spread_count=SPREAD_COUNT,
            )
        )
