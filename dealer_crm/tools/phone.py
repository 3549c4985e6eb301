# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Telephone numbers as typed in China.

Only the form is judged: ranges of operators grow too fast for prefix lists.
"""

import re

from .text import DOTS, HYPHENS, mask_middle, squash

_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_NOISE = str.maketrans(dict.fromkeys(DOTS + "-()/"))
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}(?:-[0-9]{1,6})?")
_SERVICE = re.compile(
    r"(?:[48]00[0-9]{7}|95[0-9]{3,6}|96[0-9]{3,4}|1010[0-9]{4})(?:-[0-9]{1,6})?"
)
_FOREIGN = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
_EXTENSION = re.compile(
    r"(?P<number>.+?)(?:转|轉|分机|ext|x|#|,)[-.:]*(?P<extension>[0-9]{1,6})", re.I
)
_HYPHEN_EXTENSION = re.compile(
    r"(?P<number>\(?(?:0|(?:\+|00)86[-(]*0?\)?-?)(?:10|[2-9][0-9]{1,2})\)?-?[0-9]{7,8}"
    r"|[48]00(?:-?[0-9]){7})-(?P<extension>[0-9]{1,6})"
)


def normalize_cn_phone(value):
    """Return the number in the form in which two equal numbers are equal.

    Blanks, hyphens, dots and brackets go, and so does +86, 0086 or 86 before a
    Chinese number: ``13800138000``, ``075512345678``, with an extension
    ``075512345678-801``. A number of another country keeps its code, written
    with a plus: ``+4930123456``. What is no number is returned cleaned.
    """
    text = squash(value).translate(_HYPHEN)
    match = _EXTENSION.fullmatch(text) or _HYPHEN_EXTENSION.fullmatch(text)
    number, extension = match.group("number", "extension") if match else (text, "")
    number = _strip_country(number.translate(_NOISE))
    return f"{number}-{extension}" if extension else number


def classify_phone(value):
    """Return ``mobile``, ``landline``, ``service``, ``foreign`` or ``invalid``.

    ``service`` are 400, 800, 95 and 96 numbers: accepted, but nobody's own.
    A landline needs its area code. Numbers with a foreign country code are not
    looked into beyond the length of E.164 (7-15 digits).
    """
    number = normalize_cn_phone(value)
    for kind, pattern in (
        ("mobile", _MOBILE),
        ("landline", _LANDLINE),
        ("service", _SERVICE),
        ("foreign", _FOREIGN),
    ):
        if pattern.fullmatch(number):
            return kind
    return "invalid"


def phone_spellings(value):
    """Return the ways in which a number may stand in a field, hyphens left out.

    Customer files hold the normalised form, other partners and leads what was
    typed: with or without the country code. Nothing typed gives an empty list.
    """
    number = normalize_cn_phone(value).replace("-", "")
    if not number:
        return []
    if number.startswith("+"):
        return [number, "00" + number[1:]]
    national = number[1:] if _LANDLINE.fullmatch(number) else number
    return [number, "+86" + national, "86" + national, "0086" + national]


def mask_phone(value):
    """Return the number with its middle hidden: 138****8000.

    Three leading and four trailing characters stay from 11 on, two and two
    from 8, the last two from 5; shorter numbers are hidden as a whole.
    """
    number = normalize_cn_phone(value)
    size = len(number)
    if size >= 11:
        return mask_middle(number, 3, 4)
    if size >= 8:
        return mask_middle(number, 2, 2)
    return mask_middle(number, 0, 2 if size >= 5 else 0)


def _strip_country(number):
    """Return a Chinese number without country code, a foreign one with a plus."""
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+86"):
        return _complete_national(number[3:])
    if number.startswith("86"):
        national = _complete_national(number[2:])
        if _MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national):
            return national
    return _strip_trunk(number)


def _complete_national(number):
    """Return what follows +86 as dialled inside China: landlines get their 0."""
    number = _strip_trunk(number)
    if _LANDLINE.fullmatch("0" + number) and not _SERVICE.fullmatch(number):
        return "0" + number
    return number


def _strip_trunk(number):
    """Drop the 0 that used to be dialled before mobile numbers of other cities."""
    return number[1:] if _MOBILE.fullmatch(number[1:]) and number[0] == "0" else number
