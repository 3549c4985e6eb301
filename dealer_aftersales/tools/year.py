# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

#: For leap years, where a day has another number, and for time zones.
SPARE = timedelta(days=2)
DAYS = 366


def get_days_of_year(first, last):
    """Numbers of the days of the year on which a yearly day may lie.

    A day that comes back between ``first`` and ``last`` has its number among them,
    whatever year it comes from; a few others have, too.

    :param date first: begin of the span
    :param date last: its end, included
    :return: sorted list of numbers, 1 to 366; empty where the span is
    """
    count = (last - first + SPARE + SPARE).days + 1
    days = (first - SPARE + timedelta(days=n) for n in range(min(count, DAYS + 1)))
    numbers = {day.timetuple().tm_yday for day in days}
    if DAYS - 1 in numbers:
        numbers.add(DAYS)
    return sorted(numbers)
