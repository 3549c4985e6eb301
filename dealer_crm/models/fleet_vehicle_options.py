# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class FleetVehicle(models.Model):
    """The options the car was built with, and its price with them."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.option.mixin"]
