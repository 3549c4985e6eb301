# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.phone import mask_phone

TICK = "✓"


class ReportVisitorFlow(models.AbstractModel):
    """Visitor flow register (来访客流量登记表): one sheet per branch and day."""

    _name = "report.dealer_crm.report_visitor_flow"
    _inherit = "dealer.print"
    _description = "Visitor Flow Register"

    _register_channel = "visit"
    _is_sheet_per_day = True

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template: ``sheets``, each of one branch

        :raises UserError: where the selection has no line of this register
        """
        self._check_staff()
        lines = self.env["dealer.contact"].browse(docids)
        lines.check_access("read")
        lines = lines.filtered(
            lambda c: c.is_register and c.channel == self._register_channel
        )
        if not lines:
            raise UserError(self.env._("There is no line of this register to print."))
        return {"docs": lines, "sheets": self._get_sheets(lines)}

    @api.model
    def _get_sheets(self, lines):
        """The lines in the order of the day, by branch and, on day sheets, by day."""
        hidden = lines._get_hidden_visitor_ids()
        sheets = lines.sorted(lambda c: (c.date, c.id)).grouped(self._get_sheet_key)
        return [
            {
                "title": self._get_title(),
                "company": key[0],
                "day": format_date(self.env, key[1]) if key[1] else "",
                "columns": self._get_columns(),
                "rows": [
                    {"number": number, **self._get_row(line, line.id in hidden)}
                    for number, line in enumerate(group, 1)
                ],
                "totals": self._get_totals(group),
            }
            for key, group in sheets.items()
        ]

    @api.model
    def _get_sheet_key(self, line):
        return line.company_id, line._get_branch_day() if self._is_sheet_per_day else 0

    @api.model
    def _get_title(self):
        return self.env._("Visitor Flow Register")

    @api.model
    def _get_columns(self):
        """(key of the row, heading) in the order of the paper."""
        return [
            ("number", self.env._("No.")),
            ("time_in", self.env._("Time in")),
            ("time_left", self.env._("Time left")),
            ("party_size", self.env._("Party")),
            ("first", self.env._("First")),
            ("again", self.env._("Again")),
            ("purpose", self.env._("Purpose")),
            ("counted", self.env._("Counted")),
            ("user", self.env._("Consultant")),
            ("left_data", self.env._("Data left")),
            ("result", self.env._("Result")),
        ]

    @api.model
    def _get_row(self, line, is_hidden):
        """All that one of the registers prints of a line, as its reader may see it."""
        lead = line.sudo().lead_id
        phone = line.sudo()._get_visitor()[1] or ""
        return {
            "day": format_date(self.env, line._get_branch_day()),
            "time_in": self._format_hour(line.time_in),
            "time_left": self._format_hour(line.time_left) if line.date_left else "",
            "party_size": line.party_size,
            "first": TICK if line.is_first else "",
            "again": TICK if line.is_repeat else "",
            "purpose": self._get_text(line, "purpose"),
            "counted": TICK if line.is_counted else "",
            "user": line.user_id.sudo().name,
            "left_data": TICK if line.has_left_data else "",
            "result": self._get_text(line, "visit_result"),
            "name": line.visitor_name or line.sudo().partner_id.name or "",
            "phone": mask_phone(phone) if is_hidden and phone else phone,
            "address": "" if is_hidden else line.visitor_address or "",
            "model": line.vehicle_model_id.sudo().display_name or "",
            "source": self._get_text(line, "lead_channel_id")
            or self._get_text(line, "source_id"),
            "grade": "" if is_hidden else lead.grade_id.code or "",
        }

    @api.model
    def _format_hour(self, hour):
        minutes = round(hour * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    @api.model
    def _get_totals(self, lines):
        """(label, number) at the foot of the paper."""
        counted = lines.filtered("is_counted")
        totals = [
            (self.env._("Lines"), len(lines)),
            (self.env._("Counted"), len(counted)),
            (self.env._("First"), len(counted.filtered("is_first"))),
            (self.env._("Again"), len(counted.filtered("is_repeat"))),
            (self.env._("Data left"), len(counted.filtered("has_left_data"))),
        ]
        if self._register_channel == "visit":
            totals.insert(1, (self.env._("People"), sum(lines.mapped("party_size"))))
        return totals


class ReportVisitRegister(models.AbstractModel):
    """Visiting customer register (来店顾客登记表): who came, and what came of it."""

    _name = "report.dealer_crm.report_visit_register"
    _inherit = "report.dealer_crm.report_visitor_flow"
    _description = "Visiting Customer Register"

    _is_sheet_per_day = False

    @api.model
    def _get_title(self):
        return self.env._("Visiting Customer Register")

    @api.model
    def _get_columns(self):
        return [
            ("number", self.env._("No.")),
            ("day", self.env._("Date")),
            ("time_in", self.env._("Time in")),
            ("name", self.env._("Visitor")),
            ("phone", self.env._("Phone")),
            ("party_size", self.env._("Party")),
            ("purpose", self.env._("Purpose")),
            ("model", self.env._("Model of Interest")),
            ("source", self.env._("Source")),
            ("user", self.env._("Consultant")),
            ("result", self.env._("Result")),
            ("grade", self.env._("Grade")),
        ]


class ReportCallRegister(models.AbstractModel):
    """Phone enquiry register (来电登记表)."""

    _name = "report.dealer_crm.report_call_register"
    _inherit = "report.dealer_crm.report_visitor_flow"
    _description = "Phone Inquiry Register"

    _register_channel = "phone"
    _is_sheet_per_day = False

    @api.model
    def _get_title(self):
        return self.env._("Phone Inquiry Register")

    @api.model
    def _get_columns(self):
        return [
            ("number", self.env._("No.")),
            ("day", self.env._("Date")),
            ("time_in", self.env._("Time")),
            ("name", self.env._("Caller")),
            ("phone", self.env._("Phone")),
            ("address", self.env._("Address")),
            ("purpose", self.env._("Purpose")),
            ("model", self.env._("Model of Interest")),
            ("source", self.env._("Source")),
            ("user", self.env._("Consultant")),
            ("result", self.env._("Result")),
            ("grade", self.env._("Grade")),
        ]
