# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cleaning of typed text before a rule looks at it."""

import unicodedata

#: Characters people put between groups of a number, as left by NFKC.
HYPHENS = "-\u2010\u2012\u2013\u2014\u2015\u2043\u2212\u30fc"
#: Full stops and the middle dots of several keyboards (plates, foreign names).
DOTS = ".\u00b7\u2022\u2027\u2219\u22c5\u25cf\u30fb"

_HALFWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALFWIDTH[0x3000] = 0x20


def to_halfwidth(value):
    """Turn full-width letters, digits, signs and blanks into ASCII.

    Unlike NFKC this leaves everything else alone, so names, addresses and
    Chinese punctuation survive. A missing value gives the empty text.
    """
    return _as_text(value).translate(_HALFWIDTH)


def squash(value, drop=""):
    """Return ``value`` in NFKC form without any blank or invisible character.

    Blanks are all Unicode separators, controls and format characters: plain,
    full-width, non-breaking and zero-width ones, line ends, soft hyphens.
    ``drop`` names further characters to leave out (:data:`HYPHENS`,
    :data:`DOTS`). A missing value gives the empty text; case is kept.
    """
    text = unicodedata.normalize("NFKC", _as_text(value))
    return "".join(char for char in text if char not in drop and not _is_blank(char))


def mask_middle(text, head, tail):
    """Replace all but ``head`` leading and ``tail`` trailing characters by ``*``."""
    hidden = max(len(text) - head - tail, 0)
    return text[:head] + "*" * hidden + text[head + hidden :]


def _as_text(value):
    return "" if value is None or value is False else str(value)


def _is_blank(char):
    return unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc", "Cf")
