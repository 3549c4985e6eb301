# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a campaign was worth."""


def get_roi(margin, cost):
    """Return on what was spent: (margin − cost) ÷ cost, as a share of one.

    Seed 004 asks for the return of 100 000: with a margin of 130 000 it is 0.3.

    :return: float, None where nothing was spent
    """
    if not cost:
        return None
    return (margin - cost) / cost


def get_rate(actual, planned):
    """How much of a goal was reached, as a share of one; None without a goal."""
    return actual / planned if planned else None
