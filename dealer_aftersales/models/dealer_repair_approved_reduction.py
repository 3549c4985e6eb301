# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerRepairApprovedMixin(models.AbstractModel):
    """Discounts follow the lines they are on: labour, parts and fees alike."""

    _inherit = "dealer.repair.approved.mixin"

    def _follow_estimates(self):
        result = super()._follow_estimates()
        self.sudo().repair_id._refresh_reductions()
        return result

    def unlink(self):
        repairs = self.sudo().repair_id
        result = super().unlink()
        repairs.exists()._refresh_reductions()
        return result
