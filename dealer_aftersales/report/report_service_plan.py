# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

CAR = [
    "license_plate",
    "vin_sn",
    "model_id",
    "color",
    "purchase_date",
    "odometer",
    "last_visit_date",
    "km_per_day",
]


class ReportServicePlan(models.AbstractModel):
    """The personal maintenance plan: the next visits of a car."""

    _name = "report.dealer_aftersales.report_service_plan"
    _inherit = "dealer.print"
    _description = "Maintenance Plan of a Car"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``plans`` per car"""
        self._check_staff()
        vehicles = self.env["fleet.vehicle"].browse(docids)
        vehicles.check_access("read")
        self.env["dealer.access.log"]._log(
            "print", vehicles.owner_id, self.env._("Maintenance Plan")
        )
        return {
            "docs": vehicles,
            "plans": [self._get_plan(vehicle) for vehicle in vehicles],
        }

    @api.model
    def _get_plan(self, vehicle):
        company = vehicle.company_id or self.env.company
        visits = vehicle._get_service_visits()
        return {
            "vehicle": vehicle,
            "company": company,
            "currency": company.currency_id,
            "owner": vehicle.owner_id.sudo().name or "",
            "advisor": vehicle.advisor_id.sudo().name or "",
            "car": self._get_block(self.env._("Vehicle"), vehicle, CAR),
            "visits": visits,
            "total": sum(visit["amount"] for visit in visits),
            "note": vehicle.forecast_note,
        }
