# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class FleetVehicle(models.Model):
    """All that happened with the car, whoever owned it."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.timeline.mixin"]

    def _get_timeline_scope(self):
        return {"vehicle": self.ids}
