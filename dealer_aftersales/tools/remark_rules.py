# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which tags the words of a remark ask for."""

import re


def split_words(text):
    """Words and phrases, one per line or separated by commas; lower case."""
    parts = re.split(r"[\n,，;；、]+", text or "")
    return [part.strip().lower() for part in parts if part.strip()]


def compile_words(words):
    """A pattern that finds any of the words, or None without words.

    A word in Latin letters is found as a whole word, Chinese anywhere in the text:
    "late" is not found in "chocolate", but 太慢 is in 他们太慢了.
    """
    if not words:
        return None
    return re.compile("|".join(_get_pattern(word) for word in words), re.IGNORECASE)


def _get_pattern(word):
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", word) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", word) else ""
    return before + re.escape(word).replace(r"\ ", r"\s+") + after


def is_match(text, words, exceptions=None):
    """Whether the text names one of the words outside of the exceptions.

    :param words: compiled pattern of the words, see ``compile_words``
    :param exceptions: compiled pattern of phrases that mean something else:
        不满意 when 满意 is looked for
    """
    if not words or not text:
        return False
    if exceptions:
        text = exceptions.sub("\n", text)
    return bool(words.search(text))
