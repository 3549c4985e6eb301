# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How the branch plans its visits: length of a stay, receptions at a time."""

    _inherit = "res.company"

    visit_slot_minutes = fields.Integer(
        "Reception every (minutes)",
        default=30,
        help="Times offered to customers, counted from opening.",
    )
    visit_advisor_limit = fields.Integer(
        "Cars per Advisor and Reception",
        default=1,
        help="So many cars one advisor receives in that time. 0: any number.",
    )
    visit_maintenance_minutes = fields.Integer("Maintenance (minutes)", default=60)
    visit_accident_minutes = fields.Integer("Accident (minutes)", default=240)
    visit_repair_minutes = fields.Integer("Other Repair (minutes)", default=120)
    service_request_days = fields.Integer(
        "Answer Requests within (days)",
        default=3,
        help="A request that waits longer is red and goes to the service manager. "
        "0: never.",
    )
    service_start_days = fields.Integer(
        "Begin Work within (days)",
        default=7,
        help="A car that stands longer before anybody begins is red and goes to the "
        "service manager. 0: never.",
    )
    visit_portal_confirm = fields.Boolean(
        "Book Portal Requests at once",
        help="A time that is free is booked without asking the advisor.",
    )

    _visit_check = models.Constraint(
        "CHECK (visit_slot_minutes > 0 AND visit_maintenance_minutes > 0 "
        "AND visit_accident_minutes > 0 AND visit_repair_minutes > 0 "
        "AND visit_advisor_limit >= 0 AND service_request_days >= 0 "
        "AND service_start_days >= 0)",
        "Appointments: minutes are above zero, limits not below.",
    )

    def _get_visit_minutes(self, kind):
        """How long a car of this kind of service keeps its bay, in minutes."""
        company = self.sudo()
        return {
            "maintenance": company.visit_maintenance_minutes,
            "accident": company.visit_accident_minutes,
        }.get(kind) or company.visit_repair_minutes
