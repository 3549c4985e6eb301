# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the law on exchange and return counts for a household car (domain.md 6.1)."""

from collections import namedtuple
from datetime import timedelta

#: One stay in the workshop: first and last day (None: still here), odometer,
#: faults as {key: (label, is_safety)} and main parts replaced as {key: label}.
Visit = namedtuple("Visit", "ref label start stop km faults parts")
#: What was counted: kind, subject key, label, number.
Count = namedtuple("Count", "kind subject label number")
#: A count that came to a threshold.
Finding = namedtuple("Finding", "kind subject label number level threshold")

LEVELS = ("warn", "last", "alarm")


def inside(visits, end_day, end_km):
    """Return the visits that began inside the term; a repair begun in it counts."""
    return [
        visit
        for visit in visits
        if visit.start
        and visit.start <= end_day
        and not (end_km and visit.km and visit.km > end_km)
    ]


def visit_days(visit, today):
    """Return the calendar days of one stay: each day that it touches is one."""
    stop = min(visit.stop or today, today) if visit.start <= today else visit.start
    return max((stop - visit.start).days, 0) + 1


def total_days(visits, today):
    """Return the calendar days of all stays; a day with two orders counts once."""
    days = set()
    for visit in visits:
        days.update(
            visit.start + timedelta(days=n) for n in range(visit_days(visit, today))
        )
    return len(days)


def count_all(visits, today):
    """Return the counts of a car's visits, those of the whole car first.

    A fault counts once per visit, however often it is noted there; so does a part.
    """
    counts = [Count("days", "", "", total_days(visits, today))] if visits else []
    for visit in visits:
        number = visit_days(visit, today)
        counts.append(Count("visit", str(visit.ref), visit.label, number))
    faults, parts = {}, {}
    for visit in visits:
        for key, (label, is_safety) in visit.faults.items():
            faults.setdefault(key, [label, is_safety, 0])[2] += 1
        for key, label in visit.parts.items():
            parts.setdefault(key, [label, 0])[1] += 1
    for key, (label, is_safety, number) in faults.items():
        counts.append(Count("fault", key, label, number))
        if is_safety:
            counts.append(Count("safety", key, label, number))
    for key, (label, number) in parts.items():
        counts.append(Count("part", key, label, number))
    return counts


def get_level(number, warn, alarm):
    """Return '' below ``warn``, ``alarm`` from there on, ``last`` one before it."""
    if number >= alarm:
        return "alarm"
    if number < warn:
        return ""
    return "last" if number == alarm - 1 and number > warn else "warn"


def judge(counts, rule):
    """Return the findings, the gravest first.

    :param dict rule: kind → (warn from, right from)
    """
    findings = []
    for count in counts:
        warn, alarm = rule[count.kind]
        level = get_level(count.number, warn, alarm)
        if level:
            findings.append(Finding(*count, level, alarm))
    return sorted(findings, key=lambda f: -LEVELS.index(f.level))
