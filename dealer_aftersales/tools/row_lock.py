# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whoever decides by a sum must not decide beside somebody else."""

from odoo.tools import SQL


def touch_rows(records):
    """Make two transactions that decide about the same records follow one another.

    A lock alone is not enough: the second one would still look at the data as they
    were when it began. Writing the row makes the database refuse it, and Odoo tries
    it again with what the first one left.
    """
    if records:
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id IN %s",
                SQL.identifier(records._table),
                tuple(records.ids),
            )
        )
