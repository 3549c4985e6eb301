# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Grades of prospects: which one fits the days left until the purchase.

There is no common standard; windows are the maker's and come as data.
"""

from datetime import date, timedelta
from math import inf
from typing import NamedTuple

from .text import DOTS, HYPHENS, squash

#: code of the sign that the ledger ticks when a customer visits again
CAME_AGAIN = "came_again"
#: rough times of a purchase, soonest first
WINDOWS = ("this_week", "this_month", "one_to_three", "later")
#: days that stand for a rough time that is no calendar period
WINDOW_DAYS = {"one_to_three": 60, "later": 120}
#: last day of "1 to 3 months"
LAST_OF_THREE = 92
#: a customer who is disappointed buys later than he says
SETBACK = {"delighted": False, "satisfied": False, "disappointed": True}


class Rung(NamedTuple):
    """One grade of a ladder. The window counts days until the purchase."""

    key: object
    #: first day of the window, inclusive; 0 or None: from today
    window_from: int | None = 0
    #: last day of the window, inclusive; 0 or None: open
    window_to: int | None = 0
    #: sales steps (reception, needs, product ...) that point to this grade
    steps: frozenset = frozenset()

    @property
    def has_window(self):
        """False for grades that no date leads to, e.g. O: contract signed."""
        return bool(self.window_from or self.window_to)

    def distance(self, days):
        """Return how many days lie between ``days`` and the window, 0 inside."""
        return max((self.window_from or 0) - days, days - (self.window_to or inf), 0)


def propose(rungs, days_left, step=None):
    """Return the key of the rung that fits, '' if none does.

    ``days_left`` are the days until the expected purchase: a date in the past
    counts as today, a day in no window takes the nearest, the hotter of two
    equally near. Among several rungs for the day the one whose steps contain
    ``step`` comes first, then the one without steps, then the ladder's order.

    A rung without window is proposed for its steps only, and then before any
    other. Without an expected date (None) only steps count.
    """
    rungs = list(rungs)
    by_step = [rung for rung in rungs if step and step in rung.steps]
    certain = [rung for rung in by_step if not rung.has_window]
    if certain or days_left is None:
        return next((rung.key for rung in certain or by_step), "")
    days = max(days_left, 0)
    windowed = [rung for rung in rungs if rung.has_window]
    if not windowed:
        return ""
    return min(windowed, key=lambda rung: _rank(rung, days, step)).key


def day_of_window(window, today):
    """Return the day that stands for a rough time, None where none is known.

    This week and this month end with their last day (weeks begin on Monday); the
    others stand for a day in their middle.
    """
    if window == "this_week":
        return today + timedelta(6 - today.weekday())
    if window == "this_month":
        return _month_end(today)
    days = WINDOW_DAYS.get(window)
    return days and today + timedelta(days)


def window_of_day(day, today):
    """Return the rough time of a purchase on ``day``; a past day counts as today."""
    if day <= day_of_window("this_week", today):
        return "this_week"
    if day <= _month_end(today):
        return "this_month"
    return "one_to_three" if (day - today).days <= LAST_OF_THREE else "later"


def propose_from_feedback(rungs, satisfaction, window, today):
    """Return the key of the rung that the answers after a test drive point to.

    ``satisfaction`` is delighted, satisfied or disappointed, ``window`` a rough time
    of purchase. "This month" means the rung of a purchase in the month to come, not
    the hottest one, also at the month's end; who is disappointed falls a rung.
    Unknown answers propose nothing ('').
    """
    ladder = sorted((r for r in rungs if r.has_window), key=lambda r: r.window_from)
    days = {"this_week": 3, "this_month": 20}.get(window) or WINDOW_DAYS.get(window)
    if days is None or satisfaction not in SETBACK:
        return ""
    key = propose(ladder, days)
    if not key or not SETBACK[satisfaction]:
        return key
    start = next(rung.window_from for rung in ladder if rung.key == key)
    colder = [rung.window_from for rung in ladder if rung.window_from > start]
    return propose(ladder, colder[0]) if colder else key


def match_steps(steps, contacts, slack):
    """Return for each planned day the day of the contact that did it, or None.

    ``steps`` and ``contacts`` are days in ascending order. A contact does the oldest
    step that is open by then; up to ``slack`` days before its day it counts as well.
    """
    done, waiting = [], list(contacts)
    for day in steps:
        reach = next((c for c in waiting if c + timedelta(slack) >= day), None)
        if reach:
            waiting = [c for c in waiting if c > reach]
        done.append(reach)
    return done


def missing_for_grade(name, phone, model):
    """Return which of ``name``, ``phone``, ``model`` a prospect card still lacks.

    While one is missing there is no grade (无级). A lone dot or hyphen, typed to
    get past a field, counts as nothing.
    """
    values = {"name": name, "phone": phone, "model": model}
    return [key for key, value in values.items() if _is_missing(value)]


def _rank(rung, days, step):
    """Return the sort key of a rung: distance, then fit of the step, then heat."""
    if step and step in rung.steps:
        preference = 0
    else:
        preference = 2 if rung.steps else 1
    distance = rung.distance(days)
    heat = (rung.window_from or 0) if distance else 0
    return distance, heat, preference


def _month_end(day):
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(1)


def _is_missing(value):
    return not value or (
        isinstance(value, str) and not squash(value, drop=HYPHENS + DOTS)
    )
