# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class FleetVehicleModelBrand(models.Model):
    _inherit = "fleet.vehicle.model.brand"

    warranty_partner_id = fields.Many2one(
        "res.partner",
        "Payer of Warranty Work",
        help="The manufacturer, who gets the settlements of warranty work.",
    )
