# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Arithmetic of satisfaction: points, weighted score, classes, samples."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

#: What a questionnaire is about: its answers make the CSI or the SSI.
AREAS = [("service", "Workshop Service"), ("sales", "Sales")]
#: Measures of questions whose answers make the weighted satisfaction index.
WEIGHED = ("overall", "part")


def to_points(value, low, high):
    """An answer on its scale as points of 100: the lowest 0, the highest 100.

    :return: None for a scale without width
    """
    if high <= low:
        return None
    return (value - low) * 100.0 / (high - low)


def weigh(answers):
    """Weighted satisfaction index of one questionnaire.

    :param answers: (points or None, weight) of each question that was answered
    :return: sum of weight × points ÷ sum of weights; None where nothing weighs
    """
    counted = [(points, weight) for points, weight in answers if points is not None]
    total = sum(weight for _points, weight in counted)
    if not total:
        return None
    return sum(points * weight for points, weight in counted) / total


def classify_expectation(value, low, high):
    """What the customer met against what he expected (seed 004).

    :return: "delighted" above the middle of the scale, "satisfied" on it,
        "disappointed" below
    """
    twice = 2 * value - low - high
    if twice > 0:
        return "delighted"
    return "disappointed" if twice < 0 else "satisfied"


def get_sample_size(total, percent):
    """So many of ``total``: the share rounded half up, 2.5 gives 3."""
    share = Decimal(str(percent)) * Decimal(total) / Decimal(100)
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def draw_sample(ids, size, seed):
    """``size`` of the ids by chance; the same seed draws the same ones again.

    :return: sorted list; all of them where there are not enough
    """
    pool = sorted(ids)
    if size >= len(pool):
        return pool
    return sorted(Random(seed).sample(pool, size))  # noqa: S311 - no secret
