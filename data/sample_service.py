"""Repair orders of the last 15 months."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sample_words as words

ORDER_COUNT = 700
OPEN_COUNT = 10
HISTORY_DAYS = 440
RECENT_DAYS = 10
CALLBACK_DELAY = 3
DUE_TODAY = 14
# calendar days in the workshop, drawn per kind
STAY_DAYS = {
    "maintenance": (0,),
    "comeback": (0,),
    "general": (0, 0, 0, 1),
    "warranty": (0, 0, 1, 2),
    "accident": (3, 4, 5, 6, 8, 11),
}


@dataclass
class Repair:
    car: object
    kind: str
    job: tuple
    odometer: int
    driven: int
    date_in: datetime
    promised: datetime
    delivered: datetime | None
    advisor: str
    bringer: str = ""
    name: str = ""


def _delivery_days(rng, today):
    """Days on which cars went out: busy and even lately, thinner further back.

    The last ten days follow fixed numbers so that each day has a call list.
    """
    days = []
    for back in range(1, RECENT_DAYS + 1):
        day = today - timedelta(days=back)
        count = rng.randint(8, 12) if day.weekday() < 5 else rng.randint(4, 7)
        days += [day] * (DUE_TODAY if back == CALLBACK_DELAY else count)
    older = [
        today - timedelta(days=back) for back in range(RECENT_DAYS + 1, HISTORY_DAYS)
    ]
    weights = [
        (2.5 - 1.5 * (today - day).days / HISTORY_DAYS)
        * (1.4 if day.weekday() == 5 else 1)
        for day in older
    ]
    rest = ORDER_COUNT - OPEN_COUNT - len(days)
    return sorted(days + rng.choices(older, weights, k=rest))


def _pick_kind(rng, car, day):
    due = car.last_maintenance is None or (day - car.last_maintenance).days >= 100
    in_warranty = (
        day <= car.row["warranty_end_date"]
        and car.odometer + 5000 < car.row["warranty_end_odometer"]
    )
    kinds = {
        "maintenance": 62 if due else 0,
        "general": 24,
        "warranty": 10 if in_warranty else 0,
        "accident": 6,
    }
    return rng.choices(list(kinds), list(kinds.values()))[0]


def _pick_car(rng, cars, branch, arrival):
    """A car of the branch that has not been in for a month, loyal ones rather."""
    free = [
        car
        for car in cars
        if car.branch == branch
        and car.loyalty
        and (arrival - (car.last_out or car.bought)).days >= 30
    ]
    return rng.choices(free, [car.loyalty for car in free])[0]


def _clock(rng, day, first, last):
    """A time of the day in steps of ten minutes between two hours."""
    return datetime.combine(day, time()) + timedelta(
        minutes=rng.randrange(first * 6, last * 6) * 10
    )


def _times(rng, arrival, stay):
    if stay:
        date_in = _clock(rng, arrival, 8, 17)
        delivered = _clock(rng, arrival + timedelta(days=stay), 10, 18)
    else:
        date_in = _clock(rng, arrival, 8, 15)
        delivered = date_in + timedelta(minutes=10 * rng.randrange(6, 20))
    late = rng.random() < 0.17
    shift = rng.randrange(-5, -2) if late else rng.randrange(10)
    return date_in, delivered + timedelta(minutes=10 * shift), delivered


def _drive(rng, car, day):
    """Move the odometer on to the day of the visit, 20 to 60 km a day."""
    rate = min(59, max(21, car.km_per_day * rng.uniform(0.9, 1.1)))
    car.odometer += round((day - car.odometer_date).days * rate)
    car.odometer_date = day
    return car.odometer


def _pick_job(rng, car, kind):
    electric = kind == "maintenance" and car.energy == "D"
    return rng.choice(words.WORKS["electric" if electric else kind])


def _pick_bringer(rng, car):
    chance = 0.8 if car.owner.is_company else 0.4
    return (
        rng.choice(car.bringers).ref if car.bringers and rng.random() < chance else ""
    )


def _visit(rng, car, kind, arrival, stay):
    """One order; moves the car's odometer and its dates of last visit."""
    date_in, promised, delivered = _times(rng, arrival, stay)
    repair = Repair(
        car,
        kind,
        _pick_job(rng, car, kind),
        _drive(rng, car, arrival),
        rng.randrange(7),
        date_in,
        promised,
        delivered,
        rng.choice(words.ADVISORS[car.branch]),
        _pick_bringer(rng, car),
    )
    car.odometer += repair.driven
    car.odometer_date = car.last_out = delivered.date()
    if kind == "maintenance":
        car.last_maintenance = arrival
    return repair


def _comeback(rng, repairs, day):
    """Now and then a car is back within two weeks with the same complaint."""
    if rng.random() > 0.035:
        return None
    recent = [
        repair.car
        for repair in repairs[-60:]
        if repair.kind in ("general", "maintenance")
        and repair.car.last_out == repair.delivered.date()
        and 2 <= (day - repair.car.last_out).days <= 14
    ]
    return _visit(rng, rng.choice(recent), "comeback", day, 0) if recent else None


def _regular(rng, cars, day):
    branch = "E" if rng.random() < 0.6 else "W"
    # The longest stay is assumed while choosing: the kind depends on the car.
    car = _pick_car(rng, cars, branch, day - timedelta(days=max(STAY_DAYS["accident"])))
    kind = _pick_kind(rng, car, day)
    stay = rng.choice(STAY_DAYS[kind])
    return _visit(rng, car, kind, day - timedelta(days=stay), stay)


def _still_in(rng, cars, today):
    """An order of the last three days that has not been delivered yet."""
    arrival = today - timedelta(days=rng.randint(1, 3))
    branch = "E" if rng.random() < 0.6 else "W"
    kind = rng.choice(("general", "warranty", "accident", "accident"))
    repair = _visit(rng, _pick_car(rng, cars, branch, arrival), kind, arrival, 0)
    repair.promised = _clock(rng, today + timedelta(days=rng.randrange(3)), 10, 18)
    repair.delivered = None
    return repair


def _number(repairs):
    counters = Counter()
    repairs.sort(key=lambda repair: (repair.date_in, repair.car.vin))
    for repair in repairs:
        prefix = f"RO/{repair.car.branch}/{repair.date_in:%y%m}"
        counters[prefix] += 1
        repair.name = f"{prefix}/{counters[prefix]:03d}"


def make_repairs(rng, cars, today):
    repairs = []
    for day in _delivery_days(rng, today):
        repairs.append(_comeback(rng, repairs, day) or _regular(rng, cars, day))
    repairs += [_still_in(rng, cars, today) for _index in range(OPEN_COUNT)]
    _number(repairs)
    return repairs


def _parts_text(parts):
    return ", ".join(f"{name}×{count}{unit}" for name, count, unit, _price in parts)


def labor_values(work, kind):
    name, hours = work
    return {
        "labor_ids/name": name,
        "labor_ids/hours": hours,
        "labor_ids/price_unit": words.LABOR_RATES[kind],
    }


def repair_rows(repair):
    """Rows of one order: further works stand on rows of their own."""
    concern, works, parts = repair.job
    first = {
        "name": repair.name,
        "vehicle_id": repair.car.vin,
        "partner_id": repair.car.owner.ref,
        "bringer_id": repair.bringer,
        "service_kind": repair.kind,
        "date_in": repair.date_in,
        "date_promised": repair.promised,
        "date_delivered": repair.delivered,
        "odometer_in": repair.odometer,
        "odometer_out": repair.delivered and repair.odometer + repair.driven,
        "advisor_id": repair.advisor,
        "company_id": words.BRANCHES[repair.car.branch],
        "parts_history": _parts_text(parts),
        "amount_parts_history": sum(part[1] * part[3] for part in parts),
        "concern_ids/name": concern,
    }
    rows = [labor_values(work, repair.kind) for work in works]
    rows[0] = first | rows[0]
    return rows
