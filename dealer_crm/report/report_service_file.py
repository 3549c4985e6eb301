# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

CUSTOMER = [
    "name",
    "ref",
    "phone",
    "phone_second",
    "gender",
    "birthdate_date",
    "id_document_type",
    "id_number_masked",
    "occupation_id",
    "wechat_id",
    "email",
    "vat",
    "contact_address",
    "hobby_ids",
    "user_id",
]
VEHICLE = [
    "vin_sn",
    "model_id",
    "license_plate",
    "color",
    "engine_number",
    "gearbox_number",
    "purchase_date",
    "usage",
    "first_service_date",
    "first_service_odometer",
    "odometer",
    "last_visit_date",
    "next_service_date",
    "next_service_odometer",
    "warranty_end_date",
    "warranty_end_odometer",
    "advisor_id",
    "sales_user_id",
]
#: What staff observe (seed 001); notes about the person's character stay unprinted.
OBSERVED = [
    "education",
    "income_band",
    "employer",
    "employer_address",
    "preferred_channel",
    "preferred_time",
    "family_note",
    "driving_note",
]
SIGNATURES = [
    "file_author_id",
    "create_date",
    "verified_by_id",
    "verified_on",
    "filed_by_id",
    "filed_on",
]


class ReportServiceFile(models.AbstractModel):
    """The customer service file: one per car, with its owner, in the standard form."""

    _name = "report.dealer_crm.report_service_file"
    _inherit = "dealer.print"
    _description = "Customer Service File"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``files`` per car"""
        self._check_staff()
        vehicles = self.env["fleet.vehicle"].browse(docids)
        vehicles.check_access("read")
        pairs = [(vehicle.owner_id, vehicle) for vehicle in vehicles]
        return {"docs": vehicles, **self._get_values(pairs)}

    @api.model
    def _get_values(self, pairs):
        partners = self.env["res.partner"].union(*(owner for owner, _car in pairs))
        partners = partners._filtered_access("read")
        self.env["dealer.access.log"]._log(
            "print", partners, self.env._("Customer Service File")
        )
        return {
            "files": [
                self._get_file(owner & partners, vehicle) for owner, vehicle in pairs
            ]
        }

    @api.model
    def _get_file(self, partner, vehicle):
        company = vehicle.company_id or partner.company_id or self.env.company
        return {
            "partner": partner,
            "vehicle": vehicle,
            "company": company,
            "customer": self._get_customer_block(partner),
            "car": self._get_block(self.env._("Vehicle"), vehicle, VEHICLE),
            "observed": self._get_block(self.env._("Observed Data"), partner, OBSERVED),
            "signatures": self._get_block(
                self.env._("File"),
                partner if partner.file_state else partner[:0],
                SIGNATURES,
            ),
        }

    @api.model
    def _get_customer_block(self, partner):
        names = [name for name in CUSTOMER if name != "vat" or partner.is_company]
        block = self._get_block(self.env._("Customer"), partner, names)
        phones = self._get_phone_texts(partner) if partner else {}
        for row in block["rows"]:
            for cell in row:
                cell["value"] = phones.get(cell["name"], cell["value"])
        return block

    @api.model
    def _get_phone_texts(self, partner):
        """The second number is hidden wherever the first one is."""
        phones = super()._get_phone_texts(partner)
        if phones["phone"] != (partner.phone or ""):
            phones["phone_second"] = ""
        return phones


class ReportServiceFilePartner(models.AbstractModel):
    """The service files of a customer: one per car he owns."""

    _name = "report.dealer_crm.report_service_file_partner"
    _inherit = "report.dealer_crm.report_service_file"
    _description = "Customer Service Files of a Customer"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template; a customer without a car has one file"""
        self._check_staff()
        partners = self.env["res.partner"].browse(docids)
        partners.check_access("read")
        none = self.env["fleet.vehicle"]
        pairs = [
            (partner, vehicle)
            for partner in partners
            for vehicle in partner.vehicle_ids or [none]
        ]
        return {"docs": partners, **self._get_values(pairs)}
