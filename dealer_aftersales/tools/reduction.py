# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a customer pays less: shares, fixed amounts, points. Never more than all."""

from math import floor


def get_reduction(kind, base, percent=0.0, amount=0.0):
    """How much is taken off ``base``: a share or a fixed amount, at most all of it."""
    if base <= 0:
        return 0.0
    wanted = base * percent / 100 if kind == "percent" else amount
    return max(0.0, min(wanted, base))


def get_earned_points(amount, amount_per_point):
    """Whole points for an amount; none where the branch gives none."""
    if amount_per_point <= 0 or amount <= 0:
        return 0
    return floor(round(amount / amount_per_point, 6))


def get_returned_points(points, refunded, total):
    """Points that go back with a refund: their share of the invoice, at most all."""
    if total <= 0 or refunded <= 0:
        return 0
    return min(points, round(points * refunded / total))


def get_spendable_points(balance, amount, point_value):
    """How many whole points can be spent on an amount."""
    if point_value <= 0 or balance <= 0 or amount <= 0:
        return 0
    return min(balance, floor(round(amount / point_value, 6)))
