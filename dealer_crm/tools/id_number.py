# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers of resident identity cards (GB 11643) and cards of the same form.

The same 18 places serve the residence permit for people of Hong Kong, Macao
and Taiwan (area 81, 82, 83) and the foreign permanent resident card of 2023
(first digit 9).
"""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .text import DOTS, HYPHENS, mask_middle, squash

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_OLD_FORM = re.compile(r"[0-9]{15}")
_OLD_FOREIGN_FORM = re.compile(r"[A-Z]{3}[0-9]{12}")
_COUNTY_YEARS = re.compile(r"\[([0-9]*)-([0-9]*)\]")
_NO_AREA_TABLE = ("81", "82", "83", "9")
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46"
    " 50 51 52 53 54 61 62 63 64 65 71".split()
)
MAX_AGE = 120  # completed years
ADULT_AGE = 18  # completed years


class IdCheck(NamedTuple):
    """Outcome of :func:`check_id_number`."""

    #: ``ok`` or ``invalid``
    status: str
    #: '' or ``length``, ``charset``, ``check_digit``, ``date``, ``future``,
    #: ``age``, ``old_15`` (15 digits, before 1999), ``old_foreign`` (permanent
    #: resident card before 2023)
    reason: str = ""
    #: date of birth, None if the number holds none
    birthdate: date | None = None
    #: ``male``, ``female`` or ''
    gender: str = ""
    #: None where nothing is known: no table at hand, or no Chinese area
    area_known: bool | None = None
    #: ``area_unknown``, ``minor`` (under 18): to be shown, not to be refused
    notices: tuple = ()


def normalize_id_number(value):
    """Return ``value`` half-width, upper case, without blanks, hyphens, dots."""
    return squash(value, drop=HYPHENS + DOTS).upper()


def id_check_character(number):
    """Return the check character (MOD 11-2) for the first 17 digits."""
    total = sum(
        weight * int(char) for weight, char in zip(_WEIGHTS, number, strict=False)
    )
    return _CHECK_CHARACTERS[total % 11]


def check_id_number(value, today):
    """Judge an identity card number and return an :class:`IdCheck`.

    ``today`` decides about future and impossible dates of birth. Numbers that
    were valid before (``old_15``, ``old_foreign``) are ``invalid`` as such; the
    caller may file them as another document. An area code that is not known is
    a notice only, since areas come and go.
    """
    number = normalize_id_number(value)
    if len(number) != 18:
        return _check_other_length(number)
    if not _FORM.fullmatch(number):
        return IdCheck("invalid", "charset")
    if number[17] != id_check_character(number):
        return IdCheck("invalid", "check_digit")
    birthdate = _parse_date(number[6:14])
    reason = _birthdate_problem(birthdate, today)
    if reason:
        return IdCheck("invalid", reason, birthdate)
    area_known = _is_area_known(number)
    notices = []
    if area_known is False:
        notices.append("area_unknown")
    if _age(birthdate, today) < ADULT_AGE:
        notices.append("minor")
    return IdCheck("ok", "", birthdate, _gender(number[16]), area_known, tuple(notices))


def mask_id_number(value):
    """Return the number with its middle hidden: 110*************2X.

    Three leading and two trailing characters stay from 15 characters on: the date
    of birth stands beside it, so more would leave nothing to hide. Two
    and two from 8, one and one from 5; shorter numbers are hidden as a whole.
    Serves numbers of any document.
    """
    number = normalize_id_number(value)
    size = len(number)
    if size >= 15:
        return mask_middle(number, 3, 2)
    shown = 2 if size >= 8 else 1 if size >= 5 else 0
    return mask_middle(number, shown, shown)


def _check_other_length(number):
    """Tell numbers of older cards from mistyped ones."""
    if _OLD_FOREIGN_FORM.fullmatch(number):
        return IdCheck("invalid", "old_foreign")
    birthdate = None
    if _OLD_FORM.fullmatch(number):
        birthdate = _parse_date("19" + number[6:12])
    if not birthdate:
        return IdCheck("invalid", "length")
    return IdCheck("invalid", "old_15", birthdate, _gender(number[14]))


def _parse_date(digits):
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _birthdate_problem(birthdate, today):
    if not birthdate:
        return "date"
    if birthdate > today:
        return "future"
    return "age" if _age(birthdate, today) > MAX_AGE else ""


def _age(birthdate, today):
    """Return the completed years on ``today``."""
    before_birthday = (today.month, today.day) < (birthdate.month, birthdate.day)
    return today.year - birthdate.year - before_birthday


def _gender(digit):
    return "male" if int(digit) % 2 else "female"


def _is_area_known(number):
    """Return whether the area code existed at birth, None if that is not known.

    The table of python-stdnum is asked if it is installed; without it only a
    wrong province is noticed. Codes are older than the table tells for people
    born before about 1983, one more reason not to refuse on this ground.
    """
    if number.startswith(_NO_AREA_TABLE):
        return None
    if number[:2] not in _PROVINCES:
        return False
    table = _area_table()
    if table is None:
        return None
    properties = table.info(number[:6])[-1][1]
    counties = properties.get("county", "").split(",")
    return any(_existed_in(county, int(number[6:10])) for county in counties)


def _existed_in(county, year):
    """Read an entry of the table: 朝阳区, [1983-]新华区 or [1983-1993]潮阳县."""
    years = _COUNTY_YEARS.match(county)
    if not years:
        return bool(county)
    first, last = years.groups()
    return int(first or 0) <= year <= int(last or 9999)


@lru_cache(maxsize=1)
def _area_table():
    """Return python-stdnum's table of area codes, None if there is none.

    The file is opened by its path: under Odoo's import hooks the package's own
    reader does not find it.
    """
    try:
        from stdnum import numdb

        path = Path(numdb.__file__).parent / "cn" / "loc.dat"
        with path.open(encoding="utf-8") as lines:
            return numdb.read(lines)
    except (ImportError, OSError):
        return None
