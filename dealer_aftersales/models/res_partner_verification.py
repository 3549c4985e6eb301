# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ResPartner(models.Model):
    """Service managers verify files too; customer relations files what is checked."""

    _inherit = "res.partner"

    @api.model
    def _get_verifier_groups(self):
        return [
            *super()._get_verifier_groups(),
            "dealer_aftersales.group_service_manager",
        ]

    @api.model
    def _get_filer_groups(self):
        return [
            *super()._get_filer_groups(),
            "dealer_aftersales.group_customer_relations",
        ]
