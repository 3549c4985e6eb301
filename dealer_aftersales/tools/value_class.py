# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Value of a customer: class A, B, C or D, and one of five groups (seeds 001, 003).

Recency, frequency and money give one to five points each by fixed thresholds: those of
quantiles would move all customers with every import. What staff know of a person adds
or takes away points.
"""

from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

CLASSES = ("a", "b", "c", "d")
GROUPS = ("high_stable", "high_leaving", "low_stable", "low_leaving", "no_value")


class Facts(NamedTuple):
    """What a customer did here; the period is the branch's, usually 12 months."""

    last_visit: date | None = None  # delivered by the workshop
    first_visit: date | None = None
    visit_days: int = 0  # days with a visit, ever
    last_purchase: date | None = None  # of a car
    purchases: int = 0  # cars ever bought here
    visits: int = 0  # paid by the customer, within the period
    amount: float = 0  # spent by him in the workshop within the period
    referrals: int = 0  # leads he brought within 24 months
    scored: int = 0  # callbacks of 24 months that asked for his satisfaction
    satisfied: int = 0  # those of them with a good answer
    complaints: int = 0  # of 12 months


class Limits(NamedTuple):
    """Thresholds of a branch: four limits give 5, 4, 3 and 2 points."""

    mode: str = "rfm"  # or "visits"
    recency: tuple = (3, 6, 9, 12)  # months, at most
    frequency: tuple = (4, 3, 2, 1)  # paid visits, at least
    money: tuple = (10000, 5000, 2000, 500)  # spent, at least
    a_from: int = 12
    b_from: int = 8
    rating: int = 1  # points of a rating by hand, and of brand loyalty
    loyal_purchases: int = 2  # cars from which on he is loyal to the brand; 0: never
    high_classes: tuple = ("a",)
    leaving_percent: int = 150  # of his own mean interval
    at_risk_days: int = 180  # for those without an interval of their own


class Points(NamedTuple):
    """The parts of a score."""

    recency: int
    frequency: int
    money: int
    brand: int
    rating: int

    @property
    def total(self):
        return sum(self)


def is_customer(facts):
    """Whether there is anything to judge: a prospect has no value class."""
    return bool(facts.last_visit or facts.purchases or facts.last_purchase)


def count_points(facts, ratings, today, limits):
    """The points of a customer.

    :param ratings: -1, 0 or 1 for each rating by hand
    """
    newest = max(facts.last_visit or date.min, facts.last_purchase or date.min)
    is_loyal = limits.loyal_purchases and facts.purchases >= limits.loyal_purchases
    return Points(
        recency=_get_recency(newest, today, limits.recency),
        frequency=_get_level(facts.visits, limits.frequency),
        money=_get_level(facts.amount, limits.money),
        brand=limits.rating if is_loyal else 0,
        rating=limits.rating * sum(ratings),
    )


def _get_recency(newest, today, months):
    """A visit to the day so many months ago still counts."""
    for points, limit in zip((5, 4, 3, 2), months, strict=True):
        if newest >= today - relativedelta(months=limit):
            return points
    return 1


def _get_level(value, limits):
    for points, limit in zip((5, 4, 3, 2), limits, strict=True):
        if value >= limit:
            return points
    return 1


def judge_class(facts, points, limits):
    """Return the class, one of CLASSES.

    By visits alone (domain.md 11): A from four paid visits in the period, B from two,
    C one, D none. Else by the sum of the points; nobody is D then.
    """
    if limits.mode == "visits":
        if facts.visits >= limits.frequency[0]:
            return "a"
        if facts.visits >= limits.frequency[2]:
            return "b"
        return "c" if facts.visits else "d"
    if points.total >= limits.a_from:
        return "a"
    return "b" if points.total >= limits.b_from else "c"


def mean_gap(facts):
    """Mean days from one visit to the next, 0 with fewer than two days of visits."""
    if facts.visit_days < 2:
        return 0
    days = (facts.last_visit - facts.first_visit).days
    return max(round(days / (facts.visit_days - 1)), 1)


def is_leaving(facts, today, limits):
    """Whether he stays away longer than he is used to.

    Who has no interval of his own is measured by the branch's days at risk.
    """
    newest = max(facts.last_visit or date.min, facts.last_purchase or date.min)
    if newest == date.min:
        return False
    days, gap = (today - newest).days, mean_gap(facts)
    if gap:
        return days * 100 > gap * limits.leaving_percent
    return bool(limits.at_risk_days) and days >= limits.at_risk_days


def judge_group(facts, value_class, today, limits):
    """Return one of GROUPS: value by the class, risk by the days away.

    Who spent nothing in the period, neither by visits nor money, is of no value now.
    """
    if value_class == "d" or (not facts.visits and not facts.amount):
        return "no_value"
    value = "high" if value_class in limits.high_classes else "low"
    risk = "leaving" if is_leaving(facts, today, limits) else "stable"
    return f"{value}_{risk}"
