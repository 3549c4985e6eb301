# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import formatLang

DASH = "–"


class DealerKpi(models.Model):
    """Figures as people read them, in the reader's language."""

    _inherit = "dealer.kpi"

    def _format(self, number, is_known):
        """The figure as people read it: 80.0 %, 4.35, 17, or a dash."""
        self.ensure_one()
        if not is_known:
            return DASH
        if self.measure in ("ratio", "difference"):
            return self._format_percent(number, True)
        digits = 0 if self.measure == "count" else self.digits
        return formatLang(self.env, number, digits=digits)

    @api.model
    def _format_percent(self, number, is_known):
        if not is_known:
            return DASH
        return f"{formatLang(self.env, number * 100, digits=1)} %"
