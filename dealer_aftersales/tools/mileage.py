# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How far a car is driven and when its next service is due (domain.md 10).

The same rules run as SQL over all cars, see models/fleet_vehicle_rate and
dealer_maintenance_due_job; a test holds the two together. No reading, however absurd,
raises an error here: what cannot be true is left out.
"""

from math import floor, sqrt
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: days between two readings that tell a rate
MIN_DAYS = 14
#: km per day that a car can be driven on average
MIN_RATE, MAX_RATE = 2.0, 400.0
#: readings that old say nothing about today
HISTORY_DAYS = 3650
#: no meter shows more
MAX_KM = 3_000_000
#: no due date lies further ahead of its reading
MAX_DAYS = 3650
#: an interval that ended a year earlier counts half
HALF_LIFE = 365.0
#: intervals needed before their spread is the range
SPREAD_COUNT = 3


class Reading(NamedTuple):
    """``meter`` 1 until it is replaced; ``is_start``: first value of a new meter."""

    day: object
    km: float
    meter: int = 1
    is_start: bool = False


class Rate(NamedTuple):
    """km per day with its range; ``basis`` readings, sale, model or company.

    ``day`` and ``km`` are the last reading's (None without one), ``offset`` the
    kilometres driven on earlier meters.
    """

    value: float
    low: float
    high: float
    basis: str
    day: object = None
    km: float | None = None
    offset: float = 0.0


class Due(NamedTuple):
    day: object
    low: object
    high: object
    odometer: int


def count_rate(readings, today, sale=None, model_rate=None, default=40.0):
    """Return the Rate of a car.

    Each reading is compared with the newest one at least 14 days before it on the
    same meter. Comparisons outside of 2–400 km/day are left out. The rate is the
    sum of their kilometres by the sum of their days, a year back counting half; its
    range is the spread of the comparisons, at least a tenth (a quarter below three).
    Without a comparison the kilometres since the ``sale`` day of a new car are taken,
    else ``model_rate``, else ``default``.

    :param readings: accepted Reading tuples in any order
    """
    clean = _clean(readings, today)
    last = max(clean.values(), key=lambda r: (r.meter, r.day), default=None)
    used = list(_compare(clean))
    if used:
        value, spread = _average(used, max(r.day for r in clean.values()))
        basis = "readings"
    else:
        value, basis = _guess(last, sale, model_rate, default)
        spread = None
    value = _bound(_round(value))
    share = 0.25 * value if spread is None else max(_round(spread), 0.1 * value)
    low, high = _bound(_round(value - share)), _bound(_round(value + share))
    rate = Rate(value, low, high, basis)
    if last is None:
        return rate
    offset = meter_offsets(clean.values())[last.meter]
    return rate._replace(day=last.day, km=last.km, offset=offset)


def meter_offsets(readings):
    """Return {meter: kilometres to add to its values for the total distance}."""
    offsets, total = {}, 0.0
    meters = {}
    for reading in readings:
        meters.setdefault(reading.meter, []).append(reading)
    for meter, rows in sorted(meters.items()):
        first = max((r.km for r in rows if r.is_start), default=0.0)
        last = max(rows, key=lambda r: r.day).km
        total += last - first
        offsets[meter] = total - last
    return offsets


def next_due(rate, base_day, base_km, months=0, km=0, offset=0.0):
    """Return the Due of an item: by months or by kilometres, whichever comes first.

    :param base_day: last done, or the delivery of the car
    :param base_km: the meter then; None: unknown, counted back or on from the rate
    :param offset: kilometres on the meters before the one read at ``base_day``
    """
    total = _total_at(rate, base_day, base_km, offset)
    day, start = rate.day, (rate.km or 0.0) + rate.offset
    if day is None or base_day > day:
        day, start = base_day, total
    left = total + km - start
    dates = [
        _earlier(
            day + relativedelta(days=_days(left, speed)) if km else None,
            base_day + relativedelta(months=months) if months else None,
        )
        for speed in (rate.value, rate.high, rate.low)
    ]
    meter = min(max(floor(total + km - rate.offset), 0), 9_999_999) if km else 0
    return Due(*dates, meter)


def _clean(readings, today):
    """The highest value of each meter and day that can be true."""
    clean = {}
    for reading in readings:
        if not reading.day or reading.day > today or reading.day.year < 1970:
            continue
        if not 0 <= reading.km <= MAX_KM:
            continue
        key = (reading.meter, reading.day)
        known = clean.get(key)
        if known:
            reading = Reading(
                reading.day,
                max(known.km, reading.km),
                reading.meter,
                known.is_start or reading.is_start,
            )
        clean[key] = reading
    return clean


def _compare(clean):
    """Yield (day, days, km) of each reading against one 14 days before or earlier."""
    meters = {}
    for reading in sorted(clean.values()):
        meters.setdefault(reading.meter, []).append(reading)
    newest = max((r.day for r in clean.values()), default=None)
    for rows in meters.values():
        place = -1
        for row in rows:
            while (row.day - rows[place + 1].day).days >= MIN_DAYS:
                place += 1
            if place < 0 or (newest - row.day).days > HISTORY_DAYS:
                continue
            days, km = (row.day - rows[place].day).days, row.km - rows[place].km
            if MIN_RATE * days <= km <= MAX_RATE * days:
                yield row.day, days, km


def _average(used, newest):
    """Weighted mean of the comparisons and their spread (None: too few)."""
    weights = [0.5 ** ((newest - day).days / HALF_LIFE) for day, _days, _km in used]
    rows = [(w, days, km) for w, (_day, days, km) in zip(weights, used, strict=True)]
    total = sum(w * days for w, days, _km in rows)
    value = sum(w * km for w, _days, km in rows) / total
    if len(used) < SPREAD_COUNT:
        return value, None
    square = sum(w * km * km / days for w, days, km in rows) / total
    return value, sqrt(max(square - value * value, 0.0))


def _guess(last, sale, model_rate, default):
    if last and sale and last.meter == 1:
        days = (last.day - sale).days
        if days >= MIN_DAYS and MIN_RATE * days <= last.km <= MAX_RATE * days:
            return last.km / days, "sale"
    if model_rate:
        return model_rate, "model"
    return default, "company"


def _total_at(rate, base_day, base_km, offset):
    """Total distance on ``base_day``."""
    if base_km is not None:
        return min(max(base_km, 0.0), MAX_KM) + offset
    if rate.day is None:
        return 0.0
    driven = rate.value * (base_day - rate.day).days
    return float(max(floor(rate.km + rate.offset + driven), 0))


def _days(left, speed):
    return min(floor(max(left, 0.0) / speed), MAX_DAYS)


def _earlier(*days):
    return min(day for day in days if day)


def _bound(value):
    return min(max(value, MIN_RATE), MAX_RATE)


def _round(value):
    """Two decimals, the same way as the database does it."""
    return floor(value * 100.0 + 0.5) / 100.0
