# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Free times of a day in the workshop: plain moments in, plain moments out."""

from collections import namedtuple
from datetime import timedelta

#: What the workshop can take. ``bays``: {bay id: cars at a time}; ``advisors``: ids;
#: ``limit``: cars an advisor receives within one ``step`` (minutes), 0: any number.
Capacity = namedtuple("Capacity", "bays advisors limit step")
#: What is booked already. ``stays``: (start, stop, bay id); ``receptions``: (start,
#: advisor id).
Booked = namedtuple("Booked", "stays receptions")


def get_peak(intervals, start, stop):
    """The most intervals that overlap at one moment of the window [start, stop)."""
    events = []
    for begin, end in intervals:
        first, last = max(begin, start), min(end, stop)
        if first < last:
            events += [(first, 1), (last, -1)]
    peak = count = 0
    for _moment, change in sorted(events):
        count += change
        peak = max(peak, count)
    return peak


def get_free_bays(capacity, booked, start, stop):
    """Cars that still fit: {bay id: places}, bays without a place left out."""
    free = {}
    for bay, places in capacity.bays.items():
        stays = [(begin, end) for begin, end, other in booked.stays if other == bay]
        left = places - get_peak(stays, start, stop)
        if left > 0:
            free[bay] = left
    return free


def get_free_advisors(capacity, booked, start):
    """Receptions that still fit at ``start``: {advisor: number}, full ones left out.

    Two receptions of an advisor are in each other's way when they begin less than one
    step apart.
    """
    step = timedelta(minutes=capacity.step)
    counts = dict.fromkeys(capacity.advisors, 0)
    for begin, advisor in booked.receptions:
        if advisor in counts and abs(begin - start) < step:
            counts[advisor] += 1
    left = {user: capacity.limit - count for user, count in counts.items()}
    return {user: number for user, number in left.items() if number > 0}


def get_free_places(capacity, booked, start, stop):
    """How many more cars the workshop takes from ``start`` to ``stop``."""
    places = sum(get_free_bays(capacity, booked, start, stop).values())
    if not capacity.limit or not capacity.advisors:
        return places
    receptions = sum(get_free_advisors(capacity, booked, start).values())
    return min(places, receptions) if capacity.bays else receptions


def list_slots(openings, capacity, booked, length):
    """The day's reception times with the places left.

    :param openings: (start, end) pairs in which the workshop is open, sorted
    :param int length: minutes of the visit; it ends within the day's opening
    :return: list of (start, stop, free), full ones with 0
    """
    if not openings:
        return []
    closing, slots = openings[-1][1], []
    step, visit = timedelta(minutes=capacity.step), timedelta(minutes=length)
    for opened, closed in openings:
        start = opened
        while start < closed and start + visit <= closing:
            free = get_free_places(capacity, booked, start, start + visit)
            slots.append((start, start + visit, free))
            start += step
    return slots
