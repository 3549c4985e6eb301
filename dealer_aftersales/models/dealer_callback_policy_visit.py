# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerCallbackPolicy(models.Model):
    """Appointments lead to calls as well: the day before, or after a no-show."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        paths = super()._get_source_paths()
        return {**paths, "dealer.appointment": ("partner_id", "vehicle_id")}
