# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a typed, pasted or scanned text may stand for at the reception desk.

Only the form is looked at: one text may be several things at once (``123456`` is
the end of a phone, a VIN, a plate or an order number).
"""

import re
import unicodedata
from typing import NamedTuple

from .phone import classify_phone, normalize_cn_phone
from .plate import PROVINCES
from .text import DOTS, HYPHENS, squash

VIN_LENGTH = 17
_VIN_PART = re.compile(r"[A-HJ-NPR-Z0-9]{6,17}")
_CODE = re.compile(r"[A-Z0-9]+")
_PHONE = re.compile(r"\+?[0-9]{4,}(?:-[0-9]{1,6})?")
_DIGIT = re.compile(r"[0-9]")


class SearchText(NamedTuple):
    """The readings of a typed text; an empty one is out of the question."""

    #: normalised phone number, or at least four digits of one
    phone: str = ""
    #: at least six characters of a VIN
    vin: str = ""
    #: the end of a plate, three characters (four digits) or more
    plate_tail: str = ""
    #: the beginning of a plate, from its province on
    plate_head: str = ""
    #: five characters of an engine number or more
    engine: str = ""
    #: the end of an order, contract or customer number, with signs
    number: str = ""
    #: a name or the beginning of one, lower case
    name: str = ""

    @property
    def is_code(self):
        """True when the text names a number of any kind, not only a name."""
        return any(self[:-1])


def read_search_text(value):
    """Return the :class:`SearchText` of ``value``.

    NFKC, blanks, hyphens, dots and case make no difference. Never an ID number:
    nothing here is compared with one.
    """
    code = squash(value, drop=DOTS + HYPHENS).upper()
    if len(code) == VIN_LENGTH and _VIN_PART.fullmatch(code) and _DIGIT.search(code):
        return SearchText(vin=code)
    name = " ".join(unicodedata.normalize("NFKC", str(value or "")).split()).lower()
    is_code = bool(_CODE.fullmatch(code))
    has_digit = bool(_DIGIT.search(code))
    head = code[:1]
    is_plate_head = len(head) == 1 and head in PROVINCES and 2 <= len(code) <= 9
    return SearchText(
        phone=_read_phone(value),
        vin=code if has_digit and _VIN_PART.fullmatch(code) else "",
        plate_tail=code if is_code and has_digit and _is_plate_tail(code) else "",
        plate_head=code if is_plate_head else "",
        engine=code if is_code and has_digit and 5 <= len(code) <= 24 else "",
        number=_read_number(value),
        name=name if _is_name(code, is_code and has_digit) else "",
    )


def is_name_fragment(name):
    """True when ``name`` is worth a look into the middle of names.

    Two Chinese characters already name somebody (长安 in 南京长安公司).
    """
    return len(name) > 2 or (len(name) == 2 and not name.isascii())


def _read_phone(value):
    """The whole number in its normal form; a part of one as it was typed."""
    phone = normalize_cn_phone(value)
    if classify_phone(phone) == "invalid":
        phone = squash(value, drop=DOTS + HYPHENS + "()/")
    return phone if _PHONE.fullmatch(phone) else ""


def _is_plate_tail(code):
    return (4 if code.isdigit() else 3) <= len(code) <= 7


def _read_number(value):
    number = squash(value).upper()
    return number if 4 <= len(number) <= 40 and _DIGIT.search(number) else ""


def _is_name(code, is_number):
    if is_number or not any(char.isalpha() for char in code):
        return False
    return len(code) > 1 or not code.isascii()
