"""A big workshop: 120 000 cars, 600 000 orders, 1 200 000 odometer readings."""

from collections import namedtuple

import _common
from _volume import PHONE, PLATE, VIN, last_id

CARS = 120_000
CUSTOMERS = 100_000
#: Of each car: an order every half year, a reading when it came and when it left.
ORDERS, READINGS = 5, 10

Workshop = namedtuple("Workshop", "partner car cars plan")


def make_workshop(env):
    """Customers' cars with five delivered orders and ten readings each."""
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
