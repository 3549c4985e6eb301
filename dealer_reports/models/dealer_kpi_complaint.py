# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerKpi(models.Model):
    """Complaints are counted, too: in time, closed (domain.md 8)."""

    _inherit = "dealer.kpi"

    @api.model
    def _get_countable_models(self):
        return super()._get_countable_models() | {"dealer.complaint"}
