# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is next: plain rules of assignment."""

import re

SEPARATORS = re.compile(r"[,;\n，、；]+")


def split_words(text):
    """The words of a typed list, Chinese separators included, without blanks."""
    words = (word.strip() for word in SEPARATORS.split(text or ""))
    return [word for word in words if word]


def find_word(words, *texts):
    """The first of ``words`` that one of ``texts`` contains, whatever the case."""
    joined = "\n".join(filter(None, texts)).casefold()
    return next((word for word in words if word.casefold() in joined), None)


def find_prefix(words, text):
    """The first of ``words`` that ``text`` begins with."""
    text = (text or "").strip()
    return next((word for word in words if text.startswith(word)), None)


def next_in_turn(ids, last, load, capacity=0):
    """Whose turn it is after ``last``, going round by number.

    :param ids: people by number; who comes or leaves does not disturb the order
    :param last: who got the last one, 0 or None at the beginning
    :param dict load: open work by person
    :param int capacity: who has so much open is passed over; 0: nobody is
    :return: id, None where everybody is full or nobody is there
    """
    last = last or 0
    order = sorted(ids, key=lambda one: (one <= last, one))
    free = (one for one in order if not capacity or load.get(one, 0) < capacity)
    return next(free, None)
