"""A big dealership: 100 000 customers, 120 000 cars, 1 000 000 ledger rows."""

from collections import namedtuple

import _common

CUSTOMERS = 100_000
CARS = 120_000
CONTACTS = 1_000_000
READINGS = 240_000

Volume = namedtuple("Volume", "partner car partners cars")

#: SQL over the counter n: no VIN, plate or phone stands twice.
VIN = "'LYZA10B2XRB' || lpad((n * 7 %% 999983)::text, 6, '0')"
PLATE = "'苏' || chr(65 + n / 99991) || lpad((n * 7 %% 99991)::text, 5, '0')"
PHONE = "'138' || lpad((n::bigint * 7919 %% 99999989)::text, 8, '0')"


def make_cars(env, car, count=CARS, **expressions):
    """Copy a car and give each copy two odometer readings."""
    first = last_id(env, "fleet_vehicle")
    _common.copy_rows(env, "fleet_vehicle", car.id, count, vin_sn=VIN, **expressions)
    reading = env["fleet.vehicle.odometer"].create(
        {"vehicle_id": car.id, "value": 10, "date": "2024-01-01"}
    )
    _common.copy_rows(
        env,
        "fleet_vehicle_odometer",
        reading.id,
        count * 2,
        vehicle_id=f"{first} + (n + 1) / 2",
        value="1000 + n",
        date="DATE '2024-02-01' + n %% 900",
    )
    return env["fleet.vehicle"].browse(range(first + 1, first + 1 + count))


def make_volume(env):
    """Customers with cars, roles, readings and ledger, written set-based."""
    partner, car = _common.make_dealership(env)
    start = last_id(env, "res_partner")
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
        "UPDATE res_partner SET commercial_partner_id = id WHERE id > %s", (start,)
    )
    cars = make_cars(
        env,
        car,
        license_plate=PLATE,
        engine_number="'E' || n",
        owner_id=f"{start} + 1 + n %% {CUSTOMERS}",
    )
    _common.copy_rows(
        env,
        "dealer_vehicle_party",
        car.party_ids.id,
        CARS,
        vehicle_id=f"{cars.ids[0] - 1} + n",
        partner_id=f"{start} + 1 + n %% {CUSTOMERS}",
    )
    make_ledger(env, partner, car, start, cars)
    env.cr.execute("ANALYZE")
    env.cr.commit()
    partners = env["res.partner"].browse(range(start + 1, start + 1 + CUSTOMERS))
    return Volume(partner, car, partners, cars)


def make_ledger(env, partner, car, start, cars):
    """Ledger rows over the customers after the id ``start`` and their cars."""
    contact = env["dealer.contact"].create(
        {"partner_id": partner.id, "vehicle_id": car.id, "content": "Bench"}
    )
    _common.copy_rows(
        env,
        "dealer_contact",
        contact.id,
        CONTACTS,
        partner_id=f"{start} + 1 + n %% {CUSTOMERS}",
        vehicle_id=f"{cars.ids[0]} + n %% {CARS}",
        date="now() - n * interval '1 minute'",
    )


def last_id(env, table):
    env.flush_all()
    env.cr.execute(f"SELECT last_value FROM {table}_id_seq")
    return env.cr.fetchone()[0]
