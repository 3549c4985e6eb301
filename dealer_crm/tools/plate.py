# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Number plates of China (GA 36-2018).

A plate is no key: it changes with the owner and moves between cars.
"""

import re

from .text import DOTS, HYPHENS, squash

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_LETTER = "A-HJ-NP-Z"  # without I and O
_OFFICE = f"[{PROVINCES}][{_LETTER}]"
_ORDINARY = re.compile(rf"{_OFFICE}(?!(?:[0-9]*[A-Z]){{3}})[{_LETTER}0-9]{{5}}")
_NEW_ENERGY = re.compile(
    rf"{_OFFICE}(?:[A-HJK][{_LETTER}0-9][0-9]{{4}}|[0-9]{{5}}[DF])"
)
_SPECIAL = (
    # driving school, police, Hong Kong, Macao, trailer, test, oversize, consulate
    re.compile(rf"{_OFFICE}[{_LETTER}0-9]{{4}}[学警港澳挂试超领]"),
    re.compile(r"使[0-9]{6}|[0-9]{6}使"),
    re.compile(rf"WJ[{PROVINCES}]?[0-9A-Z]{{5,7}}"),
    # before registration; the place of the character differs
    re.compile(rf"(?=.*临)[{PROVINCES}临A-Z0-9]{{6,10}}"),
)


def normalize_plate(value):
    """Return ``value`` half-width, upper case, without blanks, dots, hyphens."""
    return squash(value, drop=DOTS + HYPHENS).upper()


def classify_plate(value):
    """Return ``ordinary``, ``new_energy``, ``special`` or '' (none recognised).

    Military plates are letters and digits only and look like a plate whose
    province was left out; they give '' and are entered as special by hand.
    """
    plate = normalize_plate(value)
    if _ORDINARY.fullmatch(plate):
        return "ordinary"
    if _NEW_ENERGY.fullmatch(plate):
        return "new_energy"
    if any(pattern.fullmatch(plate) for pattern in _SPECIAL):
        return "special"
    return ""
