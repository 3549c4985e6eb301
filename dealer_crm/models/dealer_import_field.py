# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.intake_parse import PARSERS


class DealerImportField(models.Model):
    """What a column of another system's table can be.

    Records of the addons' own data; a later addon adds its fields by records too.
    ``part`` is the record a row makes or finds, ``target`` the field of it.
    """

    _name = "dealer.import.field"
    _description = "Import Field"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Char(required=True)
    part = fields.Char(required=True)
    target = fields.Char(required=True)
    parser = fields.Selection(
        lambda self: [(name, name) for name in self._get_parser_names()],
        required=True,
    )
    synonyms = fields.Char(
        help="Other column titles for it, separated by commas.",
    )
    is_required = fields.Boolean()
    sequence = fields.Integer()

    _key_uniq = models.Constraint(
        "UNIQUE (key)", "This import field is registered already."
    )

    def _get_parser_names(self):
        """Pure parsers by their name, and what is looked up in the database."""
        return [*PARSERS, "model", "company", "selection", "consent"]

    @api.model
    def _get_languages(self):
        """The languages in use here, and the one of the source."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return list(dict.fromkeys([*installed, "en_US"]))

    def _get_titles(self):
        """{normalised title: field} in all languages, own names before synonyms."""
        titles = {}
        for lang in self._get_languages():
            for field in self.with_context(lang=lang):
                titles.setdefault(normalize_title(field.name), field.id)
        for field in self:
            for synonym in (field.synonyms or "").split(","):
                titles.setdefault(normalize_title(synonym), field.id)
            titles.setdefault(normalize_title(field.key), field.id)
            titles.setdefault(normalize_title(field.target), field.id)
        titles.pop("", None)
        return titles


def normalize_title(text):
    """A column title without blanks, case, marks of mandatory fields and the like."""
    return "".join(char for char in (text or "").lower() if char.isalnum())
