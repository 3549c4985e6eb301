# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

GENERAL = [
    "license_plate",
    "vin_sn",
    "vin_status",
    "vin_override_reason",
    "model_id",
    "model_year",
    "color",
    "plate_kind",
    "engine_number",
    "gearbox_number",
    "odometer",
    "odometer_total",
    "trade_state",
    "is_imported",
    "origin",
    "company_id",
]
OWNER = [
    "owner_id",
    "owner_phone",
    "usage",
    "purchase_date",
    "purchase_price",
    "acquisition_date",
    "first_purchase_date",
    "age_years",
    "age_band",
    "sales_user_id",
    "advisor_id",
]
SERVICE = [
    "warranty_end_date",
    "warranty_end_odometer",
    "legal_warranty_hint",
    "service_file_date",
    "first_service_date",
    "first_service_odometer",
    "last_visit_date",
    "next_service_date",
    "next_service_odometer",
]
SPECIFICATION = [
    "vehicle_class",
    "body_type",
    "fuel_type",
    "displacement",
    "power",
    "horsepower",
    "battery_capacity",
    "vehicle_range",
    "transmission",
    "drive_type",
    "co2_standard",
    "seats",
    "doors",
]
STOCK = [
    "eta_date",
    "arrival_date",
    "days_in_stock",
    "stock_location_id",
    "stock_location_note",
    "lot_id",
    "allocated_to",
    "allocated_on",
    "allocated_by_id",
    "option_ids",
    "list_price",
    "price_options",
    "price_discount",
    "price_total",
]
PURCHASE = [
    "supplier_id",
    "purchase_order_number",
    "purchase_order_date",
    "purchase_cost",
    "vendor_bill_id",
]
CUSTOMS = [
    "import_certificate_number",
    "customs_declaration_number",
    "customs_declaration_date",
    "customs_port",
    "inspection_certificate_number",
]
#: Older readings stay on the screen.
READINGS = 8


class ReportVehicleCard(models.AbstractModel):
    """The vehicle card on paper: what its reader sees on the screen, tab by tab."""

    _name = "report.dealer_crm.report_vehicle_card"
    _inherit = "dealer.print"
    _description = "Vehicle Card"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``cards`` per car"""
        self._check_staff()
        vehicles = self.env["fleet.vehicle"].browse(docids)
        vehicles.check_access("read")
        self.env["dealer.access.log"]._log(
            "print", vehicles, self.env._("Vehicle Card")
        )
        return {
            "docs": vehicles,
            "cards": [self._get_card(vehicle) for vehicle in vehicles],
        }

    @api.model
    def _get_card(self, vehicle):
        blocks = [
            self._get_block(title, vehicle, names, is_optional)
            for title, names, is_optional in self._get_sections(vehicle)
        ]
        return {
            "vehicle": vehicle,
            "company": vehicle.company_id or self.env.company,
            "blocks": [block for block in blocks if block],
            "readings": vehicle.odometer_ids.sorted(
                lambda r: (str(r.date or ""), r.id), reverse=True
            )[:READINGS],
        }

    @api.model
    def _get_sections(self, vehicle):
        """[(title, field names, leave out when empty)] in the order of the tabs."""
        in_stock = vehicle.trade_state != "customer"
        return [
            (self.env._("General"), GENERAL, False),
            (self.env._("Specification"), SPECIFICATION, True),
            (self.env._("Stock"), STOCK if in_stock else ["option_ids"], True),
            (self.env._("Purchase"), PURCHASE, True),
            (self.env._("Customs"), CUSTOMS, True),
            (self.env._("Owner"), OWNER, in_stock),
            (self.env._("Warranty and Service"), SERVICE, in_stock),
            (self.env._("Notes"), ["description"], True),
        ]

    @api.model
    def _get_text(self, record, name):
        if name == "owner_phone":
            return self._get_phone_texts(record.owner_id)["phone"]
        return super()._get_text(record, name)
