# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a customer pays less: shares, fixed amounts, points. Never more than all."""

from math import floor


def get_reduction(kind, base, percent=0.0, amount=0.0):
    """How much is taken off ``base``: a share or a fixed amount, at most all of it."""
    if base <= 0:
        return 0.0
    wanted = base * percent / 100 if kind == "percent" else amount
    return max(0.0, min(wanted, base))


def spread(amount, weights, room):
    """Divide ``amount`` by weight; no share is larger than its room.

    What does not fit goes to the others with a weight, then to all, by their room.

    :param weights, room: dicts with the same keys, no value below zero
    :return: {key: share}, together ``amount`` where there is room for it
    """
    shares = dict.fromkeys(weights, 0.0)
    for is_weighted, by_room in ((True, False), (True, True), (False, True)):
        rest = amount - sum(shares.values())
        free = {key: room[key] - share for key, share in shares.items()}
        part = {
            key: (free[key] if by_room else weight)
            for key, weight in weights.items()
            if weight > 0 or not is_weighted
        }
        total = sum(part.values())
        if rest > 0 and total > 0:
            for key, weight in part.items():
                shares[key] += min(rest * weight / total, free[key])
    return shares


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
