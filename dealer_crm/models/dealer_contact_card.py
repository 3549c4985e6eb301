# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerContact(models.Model):
    """A contact as a line of the printed card."""

    _inherit = "dealer.contact"

    def _get_card_words(self):
        """(what it was, what was said) on a printed card."""
        self.ensure_one()
        words = []
        for name in ("channel", "purpose", "outcome"):
            labels = dict(self._fields[name]._description_selection(self.env))
            if not (name == "outcome" and self.outcome == "reached"):
                words.append(labels.get(self[name], ""))
        said = [self.content, self.feedback, self.need_change]
        return " · ".join(words), "\n".join(text for text in said if text)
