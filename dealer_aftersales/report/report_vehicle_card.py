# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

MAINTENANCE = [
    "inspection_due_date",
    "maintenance_plan_id",
    "next_service_name",
    "km_per_day",
    "km_per_day_low",
    "km_per_day_high",
    "forecast_date",
    "forecast_odometer",
    "odometer_today",
    "forecast_note",
    "policy_sheet_date",
    "policy_sheet_user_id",
]


class ReportVehicleCard(models.AbstractModel):
    """The workshop's forecast on the printed card."""

    _inherit = "report.dealer_crm.report_vehicle_card"

    @api.model
    def _get_sections(self, vehicle):
        sections = super()._get_sections(vehicle)
        maintenance = (self.env._("Maintenance"), MAINTENANCE, True)
        return [*sections[:-1], maintenance, sections[-1]]
