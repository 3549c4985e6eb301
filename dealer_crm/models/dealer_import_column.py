# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from difflib import get_close_matches

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .dealer_import_field import normalize_title

CLIENT_FIELDS = frozenset({"field_id", "overwrite"})
SAMPLES = 3
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LONG_NUMBER = re.compile(r"[0-9Xx]{15,}")


class DealerImportColumn(models.Model):
    """A column of the file, and the field it goes to."""

    _name = "dealer.import.column"
    _description = "Import Column"
    _order = "place, id"
    _rec_name = "header"

    batch_id = fields.Many2one(
        "dealer.import.batch", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="batch_id.company_id")
    place = fields.Integer(readonly=True)
    header = fields.Char("Column", readonly=True)
    samples = fields.Char("Examples", readonly=True)
    field_id = fields.Many2one("dealer.import.field", "Goes to")
    overwrite = fields.Boolean(
        help="The file wins over what a known record has. Otherwise the import only "
        "fills what is empty there.",
    )

    def write(self, vals):
        if not self.env.su and vals.keys() - CLIENT_FIELDS:
            raise AccessError(
                self.env._("The columns of an import are read from its file.")
            )
        self.batch_id._check_open()
        return super().write(vals)

    @api.model
    def _prepare_column_values(self, headers, rows):
        """Values for each column that has any content."""
        values = []
        for place, header in enumerate(headers):
            cells = [cells[place] for _number, cells in rows if cells[place]]
            if cells:
                samples = " · ".join(cells[:SAMPLES])
                # an ID number is nothing to show around
                samples = _LONG_NUMBER.sub(lambda m: m[0][:3] + "****", samples)
                values.append(
                    {"place": place, "header": header[:200], "samples": samples[:120]}
                )
        return values

    def _propose_fields(self):
        """Give each column the field it most likely is: no field twice.

        What was chosen for this title before wins; then a known title, then a
        similar one.
        """
        batch = self.batch_id
        registered = batch.field_ids
        titles = registered._get_titles()
        remembered = batch._get_remembered_columns(self.mapped("header"))
        taken = set()
        for guess in (remembered, titles, None):
            for column in self.filtered(lambda c: not c.field_id):
                found = column._guess_field(guess, titles)
                if found and found not in taken and found in registered.ids:
                    column.field_id = found
                    taken.add(found)

    def _guess_field(self, known, titles):
        """Look the title up in ``known``, or without it for a similar title."""
        title = normalize_title(self.header)
        short = normalize_title(_BRACKETS.sub("", self.header or ""))
        if known is not None:
            return known.get(title) or known.get(short)
        close = get_close_matches(short or title, titles, n=1, cutoff=0.75)
        return titles[close[0]] if close else None
