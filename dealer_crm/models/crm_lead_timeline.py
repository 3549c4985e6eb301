# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CrmLead(models.Model):
    """All that happened with the lead and its customer."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "dealer.timeline.mixin"]

    def _get_timeline_scope(self):
        return {"partner": self.partner_id.ids, "lead": self.ids}
