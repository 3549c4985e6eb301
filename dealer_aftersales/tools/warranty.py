# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a term of time and distance still covers a car (domain.md 6.1)."""


def inside_term(day, km, end_day, end_km):
    """Tell whether a term covers ``day`` and ``km``, whichever ends first.

    The last day and the last kilometre are inside. A term without an end in time
    or in distance (None or 0) is not limited by it; one without both covers nothing.

    :param date day: the day asked for; None: time is not asked
    :param int km: the odometer; None or 0: not known, distance is not asked
    """
    if not end_day and not end_km:
        return False
    if end_day and day and day > end_day:
        return False
    return not (end_km and km and km > end_km)
