# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Classes of customers: prospect, new, loyal and VIP (seed 003, 2.4)."""

from typing import NamedTuple

CLASSES = ("prospect", "new", "loyal", "vip")


class Facts(NamedTuple):
    """What a customer did here."""

    purchases: int = 0  # cars ever bought here
    years: float = 0  # since the first of them
    spending: float = 0  # in the workshop within the last 24 months
    satisfaction: float | None = None  # mean of the scored callbacks, None: not asked


class Limits(NamedTuple):
    """From where a class begins; 0 switches a way into it off."""

    loyal_purchases: int = 2
    loyal_spending: float = 0
    min_satisfaction: float = 0
    vip_purchases: int = 0
    vip_spending: float = 0
    vip_years: int = 0


def judge_class(facts, limits):
    """Return the class, one of CLASSES.

    Much money, many cars or a long time with several cars make a VIP; several
    purchases or regular spending make a loyal customer unless he is dissatisfied. Who
    bought or spent anything is new; all others are prospects.
    """
    if _is_vip(facts, limits):
        return "vip"
    if _is_loyal(facts, limits):
        return "loyal"
    return "new" if facts.purchases or facts.spending > 0 else "prospect"


def _reaches(value, limit):
    return bool(limit) and value >= limit


def _is_vip(facts, limits):
    stayed = _reaches(facts.years, limits.vip_years) and _reaches(
        facts.purchases, limits.loyal_purchases
    )
    return (
        stayed
        or _reaches(facts.purchases, limits.vip_purchases)
        or _reaches(facts.spending, limits.vip_spending)
    )


def _is_loyal(facts, limits):
    is_content = (
        facts.satisfaction is None or facts.satisfaction >= limits.min_satisfaction
    )
    return is_content and (
        _reaches(facts.purchases, limits.loyal_purchases)
        or _reaches(facts.spending, limits.loyal_spending)
    )
