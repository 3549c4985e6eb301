# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When to call back: proposals in the clock of the branch, and who comes first."""

from datetime import timedelta

MORNING, AFTERNOON, EVENING = 10, 15, 18
#: preferred time of a customer: the proposal that fits it
PREFERRED = {
    "morning": "morning",
    "noon": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
    "weekend": "weekend",
}
#: value or class of a customer: lower is called first; others follow
RANKS = {"vip": 0, "a": 1, "loyal": 1, "b": 2, "new": 2, "c": 3}
LAST_RANK = 4
HOURS = {"morning": MORNING, "noon": 12, "afternoon": AFTERNOON, "evening": EVENING}


def propose_time(now, proposal):
    """The moment a proposal means.

    :param now: naive datetime in the clock of the branch
    :param str proposal: "hour" (in one hour), "morning", "noon", "afternoon",
        "evening" (the next one that is still to come) or "weekend"
    :return: naive datetime after ``now``, whole minutes

    >>> from datetime import datetime
    >>> propose_time(datetime(2026, 3, 10, 16, 20, 30), "hour")
    datetime.datetime(2026, 3, 10, 17, 20)
    """
    minute = now.replace(second=0, microsecond=0)
    if proposal == "hour":
        return minute + timedelta(hours=1)
    if proposal == "weekend":
        days = (5 - minute.weekday()) % 7
        start = (minute + timedelta(days=days)).replace(hour=MORNING, minute=0)
        return start if start > now else start + timedelta(days=7)
    start = minute.replace(hour=HOURS.get(proposal, MORNING), minute=0)
    return start if start > now else start + timedelta(days=1)


def rank_value(value):
    """Place of a customer by value class or class; 0 is called first."""
    return RANKS.get((value or "").lower(), LAST_RANK)
