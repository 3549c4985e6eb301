# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a customer stands between the first visit and the next car."""

from datetime import date
from typing import NamedTuple

STATES = ("prospect", "order", "owner", "active", "at_risk", "lost", "repurchase")


class Facts(NamedTuple):
    """What is known of one customer; dates are days at the branch."""

    has_lead: bool = False  # an open one
    has_order: bool = False  # a confirmed one whose car is not delivered yet
    cars: int = 0  # owned today
    purchases: int = 0  # cars ever bought here
    last_purchase: date | None = None
    last_sale: date | None = None  # the end of the last ownership
    last_visit: date | None = None  # delivered by the workshop


class Limits(NamedTuple):
    """Days without a visit or purchase; 0 switches a state off."""

    at_risk: int = 0
    lost: int = 0


NO_LIMITS = Limits()


def judge_lifecycle(facts, today, limits=NO_LIMITS):
    """Return the state, one of STATES.

    An order in hand counts before all else. Owners and those who come to the
    workshop are judged by the newest event: a purchase makes an owner (from the
    second on ``repurchase``), a visit an active customer, silence one at risk or
    lost. Who owns nothing any more is lost, until he asks for a car again.
    """
    if facts.has_order:
        return "order"
    if not facts.cars and not _comes_without_car(facts):
        is_new = facts.has_lead or not facts.purchases
        return "prospect" if is_new else "lost"
    bought, seen = facts.last_purchase or date.min, facts.last_visit or date.min
    silence = _judge_silence(max(bought, seen), today, limits)
    if silence:
        return silence
    if seen > bought:
        return "active"
    return "repurchase" if facts.purchases > 1 else "owner"


def _comes_without_car(facts):
    """Whether the workshop still sees him after he sold his last car, if he had one."""
    return facts.last_visit and facts.last_visit > (facts.last_sale or date.min)


def _judge_silence(newest, today, limits):
    if newest == date.min:  # an owner of whom no date is known
        return None
    days = (today - newest).days
    if limits.lost and days >= limits.lost:
        return "lost"
    if limits.at_risk and days >= limits.at_risk:
        return "at_risk"
    return None
