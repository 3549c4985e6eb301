# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

from ..tools.intake_parse import clean
from ..tools.text import squash


class DealerImportBatch(models.Model):
    """Cells that name a record or a choice: looked up once per batch of rows."""

    _inherit = "dealer.import.batch"

    def _prepare_lookups(self, columns, lines):
        """{field id: {text of a cell: value}} for the columns that need it."""
        lookups = {}
        for place, _header, field in columns:
            method = getattr(self, f"_lookup_{field.parser}", None)
            if method:
                texts = {clean(cells[place]) for _id, _row, cells in lines} - {""}
                lookups[field.id] = method(field, texts)
        return lookups

    def _lookup_model(self, field, texts):
        """Brand/Model, Brand Model or the model alone, if only one is called so."""
        spellings = {}
        for model in self.env["fleet.vehicle.model"].search(Domain.TRUE):
            for text in (model.name, f"{model.brand_id.name}{model.name}"):
                spellings.setdefault(_flat(text), set()).add(model.id)
        found = {text: spellings.get(_flat(text), ()) for text in texts}
        return {text: min(ids) for text, ids in found.items() if len(ids) == 1}

    def _lookup_company(self, field, texts):
        """Branches the user works for."""
        known = {_flat(c.name): c.id for c in self.env.companies}
        return {text: known[_flat(text)] for text in texts if _flat(text) in known}

    def _lookup_selection(self, field, texts):
        """The key of a choice or its label, in any language in use."""
        model = self.env[self._get_part_model(field.part)]
        labels = {}
        for lang in field._get_languages():
            translated = model.with_context(lang=lang)
            choices = translated._fields[field.target]._description_selection(
                translated.env
            )
            for key, label in choices:
                labels |= {_flat(key): key, _flat(label): key}
        return {text: labels[_flat(text)] for text in texts if _flat(text) in labels}

    def _lookup_consent(self, field, texts):
        """Any words are a basis, but a plain no."""
        refused = {"否", "no", "n", "0", "false", "不同意"}
        return {text: text for text in texts if _flat(text) not in refused}


def _flat(text):
    return squash(text or "", drop="/·-_").lower()
