# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerCallbackPolicy(models.Model):
    """Reminders of papers that end: who owns the car today is called."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return {
            **super()._get_source_paths(),
            "dealer.insurance.policy": ("owner_id,partner_id", "vehicle_id"),
            "dealer.service.contract": ("partner_id", "vehicle_id"),
        }
