# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_time


class ReportAppointmentList(models.AbstractModel):
    """Appointments of the day (预约登记表): one sheet per branch and day."""

    _name = "report.dealer_aftersales.report_appointment_list"
    _inherit = "dealer.print"
    _description = "Appointments of the Day"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template: ``sheets``, each of one branch and day

        :raises UserError: where no selected visit has a time, or all were cancelled
        """
        self._check_staff()
        visits = self.env["dealer.appointment"].browse(docids or [])
        visits.check_access("read")
        visits = visits.filtered(lambda v: v.date_start and v.state != "cancelled")
        if not visits:
            raise UserError(self.env._("There is no booked visit to print."))
        days = visits.sorted("date_start").grouped(self._get_sheet_key)
        sheets = [self._get_sheet(*key, group) for key, group in days.items()]
        return {"docs": visits, "sheets": sheets}

    @api.model
    def _get_sheet_key(self, visit):
        return visit.company_id, visit.company_id._get_dealer_day(visit.date_start)

    @api.model
    def _get_sheet(self, company, day, visits):
        rows = [
            {"number": number, **self._get_row(visit)}
            for number, visit in enumerate(visits, 1)
        ]
        return {
            "company": company,
            "day": format_date(self.env, day),
            "columns": self._get_columns(),
            "rows": rows,
            "count": len(rows),
        }

    @api.model
    def _get_columns(self):
        """(key of the row, heading) in the order of the paper."""
        return [
            ("number", self.env._("No.")),
            ("time", self.env._("Time")),
            ("plate", self.env._("License Plate")),
            ("model", self.env._("Model")),
            ("customer", self.env._("Customer")),
            ("phone", self.env._("Phone")),
            ("kind", self.env._("Kind of Service")),
            ("request", self.env._("What is wished")),
            ("bay", self.env._("Bay")),
            ("advisor", self.env._("Service Advisor")),
            ("options", self.env._("Service Options")),
            ("state", self.env._("State")),
        ]

    @api.model
    def _get_row(self, visit):
        """One visit as its reader may see it."""
        car, zone = visit.vehicle_id, visit.company_id._get_dealer_tz()
        hour = format_time(self.env, visit.date_start, tz=zone, time_format="HH:mm")
        return {
            "time": hour,
            "plate": car.license_plate or car.vin_sn or "",
            "model": car.model_id.sudo().display_name or "",
            "customer": visit.partner_id.sudo().name or "",
            "phone": visit.phone or "",
            "kind": self._get_text(visit, "service_kind"),
            "request": visit.request or "",
            "bay": visit.bay_id.name or "",
            "advisor": visit.advisor_id.sudo().name or "",
            "options": visit._get_option_text(),
            "state": self._get_text(visit, "state"),
        }
