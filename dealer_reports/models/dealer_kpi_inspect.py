# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerKpi(models.Model):
    """Declined work is counted, too."""

    _inherit = "dealer.kpi"

    @api.model
    def _get_countable_models(self):
        return super()._get_countable_models() | {"dealer.declined.work"}
