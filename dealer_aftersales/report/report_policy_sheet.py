# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain

CAR = [
    "license_plate",
    "vin_sn",
    "model_id",
    "color",
    "usage",
    "odometer",
]
WARRANTY = [
    "purchase_date",
    "warranty_end_date",
    "warranty_end_odometer",
    "legal_warranty_hint",
]


class ReportPolicySheet(models.AbstractModel):
    """The service policy for one car: its own warranty, plan and contacts."""

    _name = "report.dealer_aftersales.report_policy_sheet"
    _inherit = "dealer.print"
    _description = "Service Policy"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``sheets`` per car"""
        self._check_staff()
        vehicles = self.env["fleet.vehicle"].browse(docids)
        vehicles.check_access("read")
        self.env["dealer.access.log"]._log(
            "print", vehicles.owner_id, self.env._("Service Policy")
        )
        return {
            "docs": vehicles,
            "sheets": [self._get_sheet(vehicle) for vehicle in vehicles],
        }

    @api.model
    def _get_sheet(self, vehicle):
        company = vehicle.company_id or self.env.company
        return {
            "vehicle": vehicle,
            "company": company,
            "owner": vehicle.owner_id.sudo().name or "",
            "car": self._get_block(self.env._("Vehicle"), vehicle, CAR),
            "warranty": self._get_block(
                self.env._("Maker's Warranty"), vehicle, WARRANTY
            ),
            "has_sanbao": vehicle.usage == "private",
            "plan": vehicle._get_due_rows(),
            "guarantee": self._get_guarantee(),
            "contacts": self._get_contacts(vehicle, company.sudo()),
        }

    @api.model
    def _get_guarantee(self):
        """How long the workshop answers for its work: (class, days, km)."""
        rules = self.env["dealer.workmanship.rule"].sudo().search(Domain.TRUE)
        names = dict(rules._fields["work_class"]._description_selection(self.env))
        return [(names[rule.work_class], rule.days, rule.odometer) for rule in rules]

    @api.model
    def _get_contacts(self, vehicle, company):
        """Whom the customer calls, where and when the workshop is open."""
        advisor = vehicle.advisor_id.sudo()
        hours = company._get_opening_hours()
        lines = [
            (self.env._("Branch"), company.name),
            (self.env._("Address"), company.partner_id._display_address(True)),
            (self.env._("Phone"), company.phone),
            (self.env._("Service Advisor"), advisor.name),
            (self.env._("Opening Hours"), "; ".join(" ".join(h) for h in hours)),
        ]
        cells = [
            {"label": label, "value": value or "", "is_wide": len(value or "") > 22}
            for label, value in lines
        ]
        return {
            "title": self.env._("Your Contacts"),
            "rows": self._get_rows(cells),
        }
