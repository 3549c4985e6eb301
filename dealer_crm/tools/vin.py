# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Vehicle identification numbers (ISO 3779, GB 16735, 49 CFR 565).

Whether a check digit must fit depends on where the car was made: China and
North America require one in position 9, other markets use the place freely.
"""

import re
from typing import NamedTuple

from .text import HYPHENS, squash

_LETTER_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_LOOKALIKES = str.maketrans("OIQ", "010")

_YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"  # A = 1980, then every 30 years
_YEAR_CYCLE = 30
_FIRST_YEAR = 1980
_CHINA_FIRST_VIN_YEAR = 1997  # first edition, GB/T 16735-1997
_CHINA_CHECK_YEAR = 2005  # GB 16735-2004, in force since October 2004
_NORTH_AMERICA = "12345"


class VinCheck(NamedTuple):
    """Outcome of :func:`check_vin`."""

    #: ``ok`` verified by the check digit; ``not_applicable`` well formed, but
    #: the maker's market has no check digit; ``mismatch`` digit does not fit;
    #: ``invalid`` not a VIN at all.
    status: str
    #: '' or ``length``, ``charset``, ``check_digit``
    reason: str = ""
    #: the computed check digit, '' for an invalid VIN
    expected: str = ""
    #: True when the digit must fit, so that a mismatch is to be refused
    required: bool = False

    @property
    def accepted(self):
        """False when the number is to be refused (or overridden by a manager)."""
        return self.status in ("ok", "not_applicable") or (
            self.status == "mismatch" and not self.required
        )


def normalize_vin(value):
    """Return ``value`` half-width, upper case, without blanks and hyphens.

    Lookalike letters are kept: see :func:`suggest_vin`.
    """
    return squash(value, drop=HYPHENS).upper()


def check_digit(vin):
    """Return the check digit ('0'-'9' or 'X') that belongs into position 9.

    Weighted sum modulo 11 after GB 16735 Appendix A and 49 CFR 565; what stands
    in position 9 has weight 0. '' for a text that is no well-formed VIN.
    """
    vin = normalize_vin(vin)
    if not _VIN.fullmatch(vin):
        return ""
    total = sum(
        weight * int(_LETTER_VALUES.get(char, char))
        for weight, char in zip(_WEIGHTS, vin, strict=True)
    )
    return "0123456789X"[total % 11]


def check_vin(vin, reference_year=None):
    """Judge a VIN and return a :class:`VinCheck`.

    The digit must fit (``required``) for numbers of North America (first
    character 1-5) and for Chinese ones (L) whose year code means 2005 or later;
    see :func:`_china_year` for how the code is read. An older Chinese number is
    ``ok`` when the digit fits, else a ``mismatch`` that is no reason to refuse.
    Elsewhere the digit proves nothing, even where it fits by chance, and the
    status is ``not_applicable``.

    ``reference_year`` is the year of registration or purchase, or this year.
    """
    vin = normalize_vin(vin)
    if len(vin) != 17:
        return VinCheck("invalid", "length")
    if not _VIN.fullmatch(vin):
        return VinCheck("invalid", "charset")
    expected = check_digit(vin)
    if vin[0] not in _NORTH_AMERICA + "L":
        return VinCheck("not_applicable", expected=expected)
    required = vin[0] != "L" or _china_year(vin, reference_year) >= _CHINA_CHECK_YEAR
    if vin[8] != expected:
        return VinCheck("mismatch", "check_digit", expected, required)
    return VinCheck("ok", expected=expected, required=required)


def suggest_vin(value):
    """Return ``value`` with O and Q read as 0 and I as 1, if that gives a VIN.

    '' when there is nothing to replace or the result is still no VIN that
    :func:`check_vin` finds ``ok`` or ``not_applicable``. To be proposed to the
    user, never to be stored unasked.
    """
    vin = normalize_vin(value)
    proposal = vin.translate(_LOOKALIKES)
    if proposal == vin or check_vin(proposal).status not in ("ok", "not_applicable"):
        return ""
    return proposal


def model_year_hint(vin, reference_year):
    """Return the year that position 10 most likely means, None if it means none.

    The code repeats every 30 years (A = 1980 and 2010). For North American
    numbers a digit in position 7 points to 1980-2009, a letter to 2010-2039;
    everywhere else, and if that year lies too far ahead, the latest year not
    after ``reference_year`` + 1 is taken (``reference_year``: of registration or
    purchase, or this year). Many markets put no year there: it is a hint.
    """
    vin = normalize_vin(vin)
    if not _VIN.fullmatch(vin):
        return None
    years = [year for year in _code_years(vin) if year <= reference_year + 1]
    if not years:
        return None
    if vin[0] in _NORTH_AMERICA and vin[6].isdigit():
        return years[0]
    return years[-1]


def _code_years(vin):
    """Return the years 1980-2069 that position 10 may mean, oldest first.

    Empty for the characters that are no year code (0, U and Z).
    """
    index = _YEAR_CODES.find(vin[9])
    if index < 0:
        return []
    first = _FIRST_YEAR + index
    return [first, first + _YEAR_CYCLE, first + 2 * _YEAR_CYCLE]


def _china_year(vin, reference_year=None):
    """Return the year meant by a Chinese VIN, 0 if position 10 is no year code.

    China has had VINs since 1997, so years before are left out: the codes A-T
    can only mean 2010-2026 and 5-9 only 2005-2009. V-Y and 1-4 stay ambiguous
    (1997-2004 or 2027-2034). They are read as the latest year not after
    ``reference_year`` + 1 and, without reference year, as the old one.
    """
    years = [year for year in _code_years(vin) if year >= _CHINA_FIRST_VIN_YEAR]
    if not years:
        return 0
    latest = (reference_year or 0) + 1
    return max((year for year in years if year <= latest), default=years[0])
