"""A big workshop: 120 000 cars, 600 000 orders, 1 200 000 odometer readings."""

from collections import namedtuple

import _common
from _volume import PHONE, PLATE, VIN, last_id

CARS = 120_000
CUSTOMERS = 100_000
#: Of each car: an order every half year, a reading when it came and when it left.
ORDERS, READINGS = 5, 10

Workshop = namedtuple("Workshop", "partner car cars plan")


def make_workshop(env, has_readings=True):
    """Customers' cars with five delivered orders and, if asked, ten readings each."""
    partner, car = _common.make_dealership(env)
    car.write({"purchase_date": "2021-01-15", "license_plate": "苏Z99998"})
    plan = make_plan(env, car.model_id)
    people = copy_customers(env, partner)
    first = last_id(env, "fleet_vehicle") + 1
    _common.copy_rows(
        env,
        "fleet_vehicle",
        car.id,
        CARS,
        vin_sn=VIN,
        license_plate=PLATE,
        owner_id=f"{people} + n %% {CUSTOMERS}",
    )
    copy_orders(env, partner, car, first, people)
    if has_readings:
        copy_readings(env, car, first)
    env.cr.execute("ANALYZE")
    env.cr.commit()
    cars = env["fleet.vehicle"].browse(range(first, first + CARS))
    return Workshop(partner, car, cars, plan)


def make_plan(env, model):
    """Half-yearly service, a filter each year: what most makers ask for."""
    lines = [
        {"name": "Service", "months": 6, "km": 10_000, "is_main": True},
        {"name": "Brake fluid", "months": 24, "km": 40_000},
    ]
    return env["dealer.maintenance.plan"].create(
        {
            "name": "Bench",
            "model_ids": [(6, 0, model.ids)],
            "line_ids": [(0, 0, line) for line in lines],
        }
    )


def copy_customers(env, partner):
    start = last_id(env, "res_partner") + 1
    _common.copy_rows(
        env,
        "res_partner",
        partner.id,
        CUSTOMERS,
        name="'客户' || n",
        complete_name="'客户' || n",
        ref="'B' || n",
        phone=PHONE,
        phone_sanitized=f"'+86' || {PHONE}",
    )
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", (start,)
    )
    return start


def copy_orders(env, partner, car, first, people):
    order = env["repair.order"].create(
        {
            "partner_id": partner.id,
            "vehicle_id": car.id,
            "service_kind": "maintenance",
            "date_in": "2021-06-01 01:00:00",
            "date_delivered": "2021-06-01 08:00:00",
        }
    )
    turn = f"(n - 1) / {CARS}"
    day = f"TIMESTAMP '2021-06-01 01:00:00' + {turn} * interval '180 days'"
    day += " + (n %% 40) * interval '1 day'"
    _common.copy_rows(
        env,
        "repair_order",
        order.id,
        CARS * ORDERS,
        name="'BENCH' || n",
        vehicle_id=f"{first} + (n - 1) %% {CARS}",
        partner_id=f"{people} + n %% {CUSTOMERS}",
        odometer_in=f"8000 + {turn} * (4000 + (n %% {CARS}) %% 9000)",
        date_in=day,
        date_delivered=f"{day} + interval '7 hours'",
    )


def copy_readings(env, car, first):
    """Readings that only rise; the newer the later."""
    reading = env["fleet.vehicle.odometer"].create(
        {"vehicle_id": car.id, "value": 10, "date": "2021-02-01"}
    )
    turn = f"(n - 1) / {CARS}"
    _common.copy_rows(
        env,
        "fleet_vehicle_odometer",
        reading.id,
        CARS * READINGS,
        vehicle_id=f"{first} + (n - 1) %% {CARS}",
        value=f"1000 + {turn} * (2000 + (n %% {CARS}) %% 4500)",
        date=f"DATE '2021-06-01' + ({turn} * 90 + n %% 40)::int",
    )


#: One statement with the same outcome for tidy data: rate per car, an open item per
#: car and line, the next service on the card. No quarantine, meters or time zones.
RAW = """
    WITH rate AS (
        SELECT o.vehicle_id, max(o.value) AS km, max(o.date) AS day,
               (max(o.value) - min(o.value))
               / NULLIF(max(o.date) - min(o.date), 0) AS per_day
          FROM fleet_vehicle_odometer o
         WHERE o.state = 'accepted' GROUP BY o.vehicle_id
    ), visit AS (
        SELECT DISTINCT ON (r.vehicle_id) r.vehicle_id, r.id,
               r.date_delivered::date AS day, r.odometer_in AS km
          FROM repair_order r
         WHERE r.state = 'done' AND r.service_kind = 'maintenance'
           AND r.date_delivered IS NOT NULL
         ORDER BY r.vehicle_id, r.date_delivered DESC
    ), due AS (
        INSERT INTO dealer_maintenance_due (
               vehicle_id, line_id, state, partner_id, company_id, base_repair_id,
               date_base, odometer_base, odometer_due, date_due, date_low, date_high)
        SELECT v.id, l.id, 'open', v.owner_id, v.company_id, visit.id, visit.day,
               visit.km, visit.km + l.km, least.day, least.day - 30, least.day + 30
          FROM fleet_vehicle v
          JOIN rate ON rate.vehicle_id = v.id
          JOIN visit ON visit.vehicle_id = v.id
          JOIN dealer_maintenance_plan_line l ON l.plan_id = %(plan)s
    CROSS JOIN LATERAL (
               SELECT LEAST(
                   (visit.day + make_interval(months => l.months))::date,
                   rate.day + ceil((visit.km + l.km - rate.km)
                                   / GREATEST(rate.per_day, 1))::int) AS day) least
         WHERE v.trade_state = 'customer'
     RETURNING vehicle_id, date_due, odometer_due
    ), next AS (
        SELECT DISTINCT ON (vehicle_id) vehicle_id, date_due, odometer_due
          FROM due ORDER BY vehicle_id, date_due
    )
    UPDATE fleet_vehicle v
       SET km_per_day = rate.per_day, next_service_date = next.date_due,
           next_service_odometer = next.odometer_due
      FROM rate JOIN next USING (vehicle_id)
     WHERE v.id = rate.vehicle_id
"""
CONTENT = """
    SELECT md5(string_agg(d::text, '' ORDER BY d.id)) FROM (
        SELECT id, vehicle_id, line_id, state, date_due, date_low, date_high,
               odometer_due, base_repair_id FROM dealer_maintenance_due) d
"""
FIGURES = """
    SELECT md5(string_agg(v::text, '' ORDER BY v.id)) FROM (
        SELECT id, km_per_day, next_service_date, next_service_odometer
          FROM fleet_vehicle) v
"""


class Forecast:
    """The nightly job over all cars, and the one statement it is compared with."""

    def __init__(self, env, workshop):
        self.env, self.workshop = env, workshop

    def run_raw(self, _round=0):
        """Written and taken back: the job starts from the same tables."""
        self.env.cr.execute("DELETE FROM dealer_maintenance_due")
        self.env.cr.execute("SAVEPOINT raw")
        self.env.cr.execute(RAW, {"plan": self.workshop.plan.id})
        self.env.cr.execute("ROLLBACK TO SAVEPOINT raw")

    def run_job(self):
        self.env["fleet.vehicle"]._cron_update_forecast()

    def count_missing(self):
        cars = self.env["fleet.vehicle"].with_context(active_test=False)
        return cars.search_count(
            [
                ("id", "in", self.workshop.cars.ids),
                "|",
                ("next_service_date", "=", False),
                ("km_per_day", "<=", 0),
            ]
        )

    def content(self):
        return [self._fetch(statement) for statement in (CONTENT, FIGURES)]

    def _fetch(self, statement):
        self.env.cr.execute(statement)
        return self.env.cr.fetchone()[0]
