# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Conditions written so that the indexes behind the quick search serve them.

The end of a number is searched through a B-tree on the reversed text, which every
PostgreSQL has. Fragments in the middle need the extension pg_trgm; without it the
beginning and the end are found, which is what people type.
"""

from odoo.fields import Domain
from odoo.tools import SQL

#: As core indexes phone numbers (mail.thread.phone).
PHONE_NOISE = r"[\s\\./\(\)\-]"
PHONE = f"regexp_replace((%s)::text, '{PHONE_NOISE}', '', 'g')"


def index_phone_tail(field):
    """Definition of the index behind :func:`phone_tail`."""
    phone = PHONE.replace("%s", field)
    return f"(reverse({phone}) text_pattern_ops) WHERE {field} IS NOT NULL"


def index_trigram(expression):
    """Definition of an index for fragments, '' where pg_trgm is missing."""
    return lambda registry: (
        f"USING gin ({expression} gin_trgm_ops)" if registry.has_trigram else ""
    )


def number_tail(field, text):
    """``field`` ends with ``text`` (stored in upper case)."""
    return _like("reverse({})", field, escape_like(text[::-1]) + "%")


def upper_number_tail(field, text):
    """``field`` ends with ``text`` in any case."""
    return _like("reverse(upper({}))", field, escape_like(text.upper()[::-1]) + "%")


def number_head(field, text):
    """``field`` begins with ``text``."""
    return _like("({})::text", field, escape_like(text) + "%")


def upper_fragment(field, text, has_trigram):
    """``text`` lies in ``field`` in any case; without pg_trgm at its beginning."""
    pattern = escape_like(text.upper()) + "%"
    if has_trigram:
        pattern = "%" + pattern
    return Domain(field, "!=", False) & _like("upper({})", field, pattern)


def name_head(field, text):
    """``field`` begins with ``text`` in any case."""
    return _like("lower({})", field, escape_like(text.lower()) + "%")


def name_inside(field, text):
    """``text`` lies in ``field`` in any case."""
    return Domain(field, "ilike", escape_like(text))


def phone_tail(field, text):
    """The phone number in ``field`` ends with ``text``, signs left out."""
    phone = PHONE.replace("%s", "{}")
    pattern = escape_like(_bare(text)[::-1]) + "%"
    return Domain(field, "!=", False) & _like(f"reverse({phone})", field, pattern)


def phone_inside(field, text, has_trigram):
    """``text`` lies in the phone number; without pg_trgm only at its beginning."""
    pattern = escape_like(_bare(text)) + "%"
    if has_trigram:
        pattern = "%" + pattern
    phone = PHONE.replace("%s", "{}")
    return Domain(field, "!=", False) & _like(phone, field, pattern)


def escape_like(text):
    """What people type is no pattern."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _bare(phone):
    return phone.replace("-", "")


def _like(template, field, pattern):
    """``template`` is an expression of ours, ``{}`` in it the column."""
    before, _mark, after = template.partition("{}")

    def to_sql(model, alias, query):
        column = model._field_to_sql(alias, field, query)
        return SQL("%s%s%s LIKE %s", SQL(before), column, SQL(after), pattern)

    return Domain.custom(to_sql=to_sql)
