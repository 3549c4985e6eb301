# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Areas of the market: the first rule that an address meets (SEG-09)."""

from typing import NamedTuple


class Rule(NamedTuple):
    """What an area asks of an address; what is empty is not asked."""

    id: int
    company_id: int | None = None
    state_id: int | None = None
    places: tuple = ()  # one of these words in city, street or second line
    zips: tuple = ()  # one of these beginnings of the postcode


class Address(NamedTuple):
    """The parts of an address an area is known by."""

    company_id: int | None = None
    state_id: int | None = None
    city: str = ""
    street: str = ""
    street2: str = ""
    zip: str = ""


def split_words(text):
    """Words between commas, 、 or line ends, in small letters and without doubles."""
    for mark in ("，", "、", ";", "；", "\n"):
        text = (text or "").replace(mark, ",")
    words = (word.strip().lower() for word in text.split(","))
    return tuple(dict.fromkeys(filter(None, words)))


def find_area(address, rules):
    """The id of the first area whose rule the address meets, or None."""
    text = "\n".join((address.city, address.street, address.street2)).lower()
    for rule in rules:
        if (
            (not rule.company_id or rule.company_id == (address.company_id or 0))
            and (not rule.state_id or rule.state_id == address.state_id)
            and (not rule.places or any(word in text for word in rule.places))
            and (not rule.zips or address.zip.startswith(rule.zips))
        ):
            return rule.id
    return None
