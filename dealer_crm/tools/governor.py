# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a person is contacted, and if not, which of the reasons comes first."""

from typing import NamedTuple

#: Purposes that no budget and no open problem stops: they serve the customer.
DUTIES = frozenset({"service"})

ADDRESS = {
    "call": "phone",
    "sms": "phone",
    "email": "email",
    "wechat": "wechat",
    "post": "street",
}


class Facts(NamedTuple):
    """What is known of one person."""

    is_restricted: bool = False
    is_phone_wrong: bool = False
    addresses: frozenset = frozenset()  # of phone, email, wechat, street
    answers: dict = {}  # (channel, purpose) → "given" or "withdrawn"
    car_refusals: frozenset = frozenset()  # (vehicle id, channel, purpose)
    is_complaining: bool = False  # a complaint of his is not settled
    problems: tuple = ()  # open ones, in words
    touches: int = 0  # mailings and reminders within the days of the budget


class Rules(NamedTuple):
    """What the branch decided."""

    is_consent_needed: bool = False
    budget: int = 0  # touches allowed; 0: no limit


def judge_contact(facts, channel, purpose, rules, vehicle_id=None):
    """Return None where the person may be contacted, else the first reason.

    :param str channel: call, sms, email, wechat or post
    :param str purpose: marketing, care or service
    :param int vehicle_id: the car it is about; None: none in particular
    :return: restricted, withdrawn, car_withdrawn, not_asked, complaint, problem,
        phone_wrong, no_address, budget, or None
    """
    answer = facts.answers.get((channel, purpose))
    checks = (
        ("restricted", facts.is_restricted),
        ("withdrawn", answer == "withdrawn"),
        ("car_withdrawn", (vehicle_id, channel, purpose) in facts.car_refusals),
        (
            "not_asked",
            purpose == "marketing" and rules.is_consent_needed and answer != "given",
        ),
        ("complaint", facts.is_complaining and purpose not in DUTIES),
        ("problem", purpose == "marketing" and facts.problems),
        ("phone_wrong", _is_phone_wrong(facts, channel, purpose)),
        ("no_address", ADDRESS.get(channel, "") not in {"", *facts.addresses}),
        ("budget", _is_budget_used(facts, purpose, rules)),
    )
    return next((reason for reason, stops in checks if stops), None)


def _is_phone_wrong(facts, channel, purpose):
    """A duty is done all the same: somebody finds the right number."""
    return facts.is_phone_wrong and channel in ("call", "sms") and purpose not in DUTIES


def _is_budget_used(facts, purpose, rules):
    return rules.budget and purpose not in DUTIES and facts.touches >= rules.budget
