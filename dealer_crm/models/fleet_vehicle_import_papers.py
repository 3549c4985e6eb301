# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class FleetVehicle(models.Model):
    """Customs papers of an imported car: the buyer needs them for the plate."""

    _inherit = "fleet.vehicle"

    is_imported = fields.Boolean(
        "Imported",
        compute="_compute_is_imported",
        store=True,
        readonly=False,
        help="Proposed from the VIN: numbers of Chinese makers begin with L.",
    )
    import_certificate_number = fields.Char("Import Certificate No.", copy=False)
    customs_declaration_number = fields.Char("Customs Declaration No.", copy=False)
    customs_declaration_date = fields.Date("Customs Declaration Date", copy=False)
    inspection_certificate_number = fields.Char(
        "Inspection Certificate No.", copy=False
    )
    customs_port = fields.Char("Port of Entry", copy=False)
    customs_attachment_ids = fields.Many2many(
        "ir.attachment", string="Customs Papers", copy=False
    )

    @api.depends("vin_sn")
    def _compute_is_imported(self):
        for vehicle in self:
            vehicle.is_imported = bool(
                vehicle.vin_sn
                and vehicle.trade_state
                and not vehicle.vin_sn.startswith("L")
            )
