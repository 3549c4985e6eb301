# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

SERVICE_ROLES = (
    "dealer_aftersales.group_service_advisor",
    "dealer_aftersales.group_customer_relations",
)


class ReportServiceFile(models.AbstractModel):
    """The repair history of the service file."""

    _inherit = "report.dealer_crm.report_service_file"

    @api.model
    def _get_file(self, partner, vehicle):
        """Adds ``repairs``: the car's orders, newest first, without cancelled ones."""
        orders = vehicle.repair_ids.filtered(lambda r: r.state != "cancel")
        return {
            **super()._get_file(partner, vehicle),
            "repairs": orders.sorted(
                lambda r: (r.date_delivered or r.date_in or r.create_date, r.id),
                reverse=True,
            ),
        }

    @api.model
    def _get_phone_texts(self, partner):
        """Advisors and customer relations work with the paper: they need the number."""
        if any(self.env.user.has_group(group) for group in SERVICE_ROLES):
            return {"phone": partner.sudo().phone or ""}
        return super()._get_phone_texts(partner)


class ReportServiceFilePartner(models.AbstractModel):
    """The same history on the files printed from the customer."""

    _name = "report.dealer_crm.report_service_file_partner"
    _inherit = [
        "report.dealer_crm.report_service_file_partner",
        "report.dealer_crm.report_service_file",
    ]
