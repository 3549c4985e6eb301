# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loyalty of a customer as a score from 0 to 100 (seed 003, 7.2)."""

from typing import NamedTuple

BANDS = ("high", "middle", "low")
#: Share of a part whose answer is not known: it speaks neither for nor against.
NEUTRAL = 50


class Weights(NamedTuple):
    """How much each part counts; 0 leaves it out."""

    recency: int = 20
    frequency: int = 20
    money: int = 20
    referrals: int = 15
    satisfaction: int = 15
    complaints: int = 10


class Parts(NamedTuple):
    """Each part from 0 to 100."""

    recency: float
    frequency: float
    money: float
    referrals: float
    satisfaction: float
    complaints: float


def count_parts(facts, points):
    """The parts of the score.

    One to five points become 0, 25, 50, 75 and 100. The first referral gives 50, the
    second 100; satisfaction is the share of satisfied answers; one complaint leaves
    50, a second nothing.

    :param facts: ``value_class.Facts``
    :param points: ``value_class.Points``
    """
    asked = facts.scored
    return Parts(
        recency=(points.recency - 1) * 25,
        frequency=(points.frequency - 1) * 25,
        money=(points.money - 1) * 25,
        referrals=min(facts.referrals, 2) * 50,
        satisfaction=facts.satisfied * 100 / asked if asked else NEUTRAL,
        complaints=100 - min(facts.complaints, 2) * 50,
    )


def count_score(parts, weights):
    """The weighted mean of the parts, a whole number; 0 where nothing is weighed."""
    total = sum(weights)
    if not total:
        return 0
    weighed = sum(part * weight for part, weight in zip(parts, weights, strict=True))
    return int(weighed / total + 0.5)


def judge_band(score, high_from, middle_from):
    """Return one of BANDS."""
    if score >= high_from:
        return "high"
    return "middle" if score >= middle_from else "low"
