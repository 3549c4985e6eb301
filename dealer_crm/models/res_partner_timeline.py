# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """All that happened with the person, over all cars and leads."""

    _name = "res.partner"
    _inherit = ["res.partner", "dealer.timeline.mixin"]

    def _get_timeline_scope(self):
        return {"partner": self.ids}
