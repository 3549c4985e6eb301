# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_date


class FleetVehicle(models.Model):
    """When the car was here last, and when it is expected."""

    _inherit = "fleet.vehicle"

    def _get_desk_facts(self):
        facts = super()._get_desk_facts()
        if self.last_visit_date:
            day = format_date(self.env, self.last_visit_date)
            facts.append([self.env._("Last Visit"), day])
        return facts
