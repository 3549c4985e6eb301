# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerCallbackPolicy(models.Model):
    """Calls after an event, and before a membership ends."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return {
            **super()._get_source_paths(),
            "dealer.club.registration": ("partner_id", ""),
            "dealer.membership": ("partner_id", ""),
        }
