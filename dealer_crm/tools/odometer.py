# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odometer readings of one car: which ones cannot be true."""

from bisect import bisect_right


def judge_readings(known, batch):
    """Return ``{key: (reason, other value)}`` of the readings to be set aside.

    ``known`` are accepted (day, value) pairs, the earlier accepted first within
    a day; ``batch`` new (day, value, key) triples. A new reading is set aside
    when it is ``lower`` than the known reading before it or ``higher`` than the
    known one after it. Of the rest the longest chain that never falls stays, so
    one wrong value does not condemn the right ones around it; of two that
    contradict each other the earlier one stays.

    Only the neighbours count, not the highest value ever: an accepted lower
    reading (meter replaced) starts anew.
    """
    known = sorted(known, key=lambda pair: pair[0])
    days = [day for day, _value in known]
    judged, possible = {}, []
    for day, value, key in sorted(batch, key=lambda reading: reading[:2]):
        place = bisect_right(days, day)
        if place and known[place - 1][1] > value:
            judged[key] = ("lower", known[place - 1][1])
        elif place < len(known) and known[place][1] < value:
            judged[key] = ("higher", known[place][1])
        else:
            # readings between the same two known ones are compared
            possible.append((place, value, key))
    return judged | _judge_gaps(possible)


def pick_segment(day, value, starts):
    """Return the number of the meter that a reading of ``day`` comes from.

    A car has meter 1 until it is replaced; ``starts`` are the replacements as
    (day, number of the new meter, its first value, last value of the old one). On
    the day itself both meters were read: the nearer value tells which it was.
    """
    segment = 1
    for start, number, first, last in sorted(starts):
        nearer_old = abs(value - last) < abs(value - first)
        if start > day or (start == day and nearer_old):
            break
        segment = number
    return segment


def _judge_gaps(possible):
    judged, gaps = {}, {}
    for place, value, key in possible:
        gaps.setdefault(place, []).append((value, key))
    for gap in gaps.values():
        judged |= _judge_gap(gap)
    return judged


def _judge_gap(gap):
    """Judge readings in the order of their days by their longest rising chain."""
    kept = _longest_chain([value for value, _key in gap])
    judged, last = {}, None
    for index, (value, key) in enumerate(gap):
        if index in kept:
            last = value
        elif last is not None and last > value:
            judged[key] = ("lower", last)
        else:
            following = min(i for i in kept if i > index)
            judged[key] = ("higher", gap[following][0])
    return judged


def _longest_chain(values):
    """Return the indexes of the longest sequence that never falls.

    Built from the end, so that of equally long chains one that keeps the
    earlier values wins.
    """
    heads, indexes, following = [], [], {}
    for index in range(len(values) - 1, -1, -1):
        # heads: negated first values of the best chain of each length
        key = -values[index]
        place = bisect_right(heads, key)
        following[index] = indexes[place - 1] if place else None
        heads[place : place + 1] = [key]
        indexes[place : place + 1] = [index]
    chain, index = set(), indexes[-1] if indexes else None
    while index is not None:
        chain.add(index)
        index = following[index]
    return chain
