# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _empty_leads(self):
        """Who got the lead stays; where the customer lived and what was said goes."""
        result = super()._empty_leads()
        logs = self._get_all_leads().sudo().assign_log_ids
        logs.write({"note": False, "matched": False})
        return result
