# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .fleet_vehicle_stock import STOCK_STATES

CUSTOMS_FIELDS = (
    "import_certificate_number",
    "customs_declaration_number",
    "customs_declaration_date",
    "inspection_certificate_number",
    "customs_port",
)
DELIVERED_STATES = frozenset({"sold", "customer"})


class FleetVehicle(models.Model):
    """Customs papers of an imported car: the buyer needs them for the plate."""

    _inherit = "fleet.vehicle"

    is_imported = fields.Boolean(
        "Imported Car",
        compute="_compute_is_imported",
        store=True,
        readonly=False,
        help="Proposed from the VIN: numbers of Chinese makers begin with L.",
    )
    import_certificate_number = fields.Char("Import Certificate No.", copy=False)
    customs_declaration_number = fields.Char("Customs Declaration No.", copy=False)
    customs_declaration_date = fields.Date(copy=False)
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

    def write(self, vals):
        leaving = self.browse()
        if vals.get("trade_state") in DELIVERED_STATES:
            leaving = self.filtered(
                lambda v: v.trade_state in STOCK_STATES - DELIVERED_STATES
            )
        result = super().write(vals)
        leaving._check_customs_papers()
        return result

    def _check_customs_papers(self):
        """An imported car leaves the stock with all its papers.

        :raises ValidationError: naming every field that is empty
        """
        for vehicle in self.filtered("is_imported"):
            missing = [name for name in CUSTOMS_FIELDS if not vehicle[name]]
            if missing:
                labels = self.fields_get(missing, ["string"])
                raise ValidationError(
                    self.env._(
                        "%(car)s is an imported car and is not sold without its "
                        "customs papers. Still empty: %(fields)s.",
                        car=vehicle.display_name,
                        fields=", ".join(labels[name]["string"] for name in missing),
                    )
                )
