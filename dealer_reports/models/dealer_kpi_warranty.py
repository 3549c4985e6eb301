# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerKpi(models.Model):
    """Figures over insurance policies and service contracts."""

    _inherit = "dealer.kpi"

    @api.model
    def _get_countable_models(self):
        papers = {"dealer.insurance.policy", "dealer.service.contract"}
        return super()._get_countable_models() | papers
