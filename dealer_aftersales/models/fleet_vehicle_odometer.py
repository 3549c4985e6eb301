# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class FleetVehicleOdometer(models.Model):
    _inherit = "fleet.vehicle.odometer"

    repair_id = fields.Many2one(
        "repair.order", index="btree_not_null", ondelete="cascade", readonly=True
    )
