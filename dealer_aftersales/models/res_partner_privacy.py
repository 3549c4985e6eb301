# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

SERVICE_GROUPS = [
    f"dealer_aftersales.group_{name}"
    for name in ("service_advisor", "service_manager", "customer_relations")
]


class ResPartner(models.Model):
    """Service staff serves every customer of the branch; technicians none."""

    _inherit = "res.partner"

    @api.model
    def _get_phone_groups(self):
        return super()._get_phone_groups() + SERVICE_GROUPS

    @api.model
    def _get_id_mask_groups(self):
        return super()._get_id_mask_groups() + SERVICE_GROUPS
