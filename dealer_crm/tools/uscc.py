# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Unified social credit codes of organisations (GB 32100-2015)."""

import re
from typing import NamedTuple

from .text import DOTS, HYPHENS, squash

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_FORM = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")


class UsccCheck(NamedTuple):
    """Outcome of :func:`check_uscc`."""

    #: ``ok`` or ``invalid``
    status: str
    #: '' or ``length``, ``charset``, ``check_digit``
    reason: str = ""
    #: the computed check character, '' if the form is wrong
    expected: str = ""
    #: ``letter_prefix``: a valid code whose authority or type is a letter, which
    #: other software may refuse
    notices: tuple = ()


def normalize_uscc(value):
    """Return ``value`` half-width, upper case, without blanks, hyphens, dots."""
    return squash(value, drop=HYPHENS + DOTS).upper()


def check_uscc(value):
    """Judge a unified social credit code and return a :class:`UsccCheck`.

    18 characters: authority, type, area (6 digits), organisation (9), check
    character = (31 - weighted sum mod 31) mod 31 in the alphabet without I, O,
    S, V, Z.
    """
    code = normalize_uscc(value)
    if len(code) != 18:
        return UsccCheck("invalid", "length")
    if not _FORM.fullmatch(code):
        return UsccCheck("invalid", "charset")
    expected = uscc_check_character(code)
    if code[17] != expected:
        return UsccCheck("invalid", "check_digit", expected)
    notices = () if code[:2].isdigit() else ("letter_prefix",)
    return UsccCheck("ok", expected=expected, notices=notices)


def uscc_check_character(code):
    """Return the check character for the first 17 characters of ``code``."""
    total = sum(
        weight * _ALPHABET.index(char)
        for weight, char in zip(_WEIGHTS, code, strict=False)
    )
    return _ALPHABET[-total % 31]
