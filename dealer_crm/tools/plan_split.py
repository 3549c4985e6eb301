# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A target of a period in whole numbers per day; the days add up to the target."""


def split_over_days(target, days):
    """Spread ``target`` evenly over ``days``, whole numbers that add up to it.

    :param int target: not negative
    :param days: the days in their order
    :return: {day: share}
    """
    count = len(days)
    return {
        day: target * (number + 1) // count - target * number // count
        for number, day in enumerate(days)
    }
