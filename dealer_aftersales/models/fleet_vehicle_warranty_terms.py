# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.warranty import inside_term


class FleetVehicle(models.Model):
    """Which terms cover the car on a day, at a number of kilometres."""

    _inherit = "fleet.vehicle"

    def _is_in_warranty(self, date=None, km=None):
        """Whether the maker's warranty covers the car.

        :param date: the day, else today at the car's branch
        :param int km: the odometer, else the newest accepted reading (all meters)
        """
        self.ensure_one()
        day = date or (self.company_id or self.env.company)._get_dealer_today()
        if km is None:
            km = self.odometer_total if self.warranty_end_odometer else 0
        return inside_term(day, km, self.warranty_end_date, self.warranty_end_odometer)
