# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_date


class ReportCorrectiveAction(models.AbstractModel):
    """The measure on paper (整改措施报告), with participants, approval, signatures."""

    _name = "report.dealer_aftersales.report_corrective_action"
    _inherit = "dealer.print"
    _description = "Measure Report"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template: ``docs`` and a text per choice of a field"""
        self._check_staff()
        measures = self.env["dealer.corrective.action"].browse(docids or [])
        measures.check_access("read")
        return {
            "docs": measures,
            "text": self._get_text,
            "approvals": self._get_approvals,
            "sources": self._get_sources,
        }

    @api.model
    def _get_approvals(self, measure):
        """Steps of the approval, oldest first: who, when, what, why."""
        logs = self.env["dealer.approval.log"].sudo()
        logs = logs.search(
            [("res_model", "=", measure._name), ("res_id", "=", measure.id)],
            order="id",
        )
        field = measure._fields["approval_state"]
        labels = dict(field._description_selection(self.env))
        return [
            {
                "date": log.date,
                "user": log.user_id.name,
                "state": labels.get(log.state_to, log.state_to),
                "reason": log.reason or "",
            }
            for log in logs
        ]

    @api.model
    def _get_sources(self, measure):
        """What the measure was drawn from, a line each; hooks add further papers."""
        measure = measure.sudo()
        lines = [
            self.env._(
                "Complaint %(number)s of %(date)s",
                number=complaint.name,
                date=format_date(
                    self.env, complaint._get_branch_day(complaint.date_received)
                ),
            )
            for complaint in measure.complaint_ids
        ]
        if measure.callback_ids:
            days = measure.callback_ids.mapped("date_due")
            lines.append(
                self.env._(
                    "%(count)s callbacks, %(first)s to %(last)s",
                    count=len(days),
                    first=format_date(self.env, min(days)),
                    last=format_date(self.env, max(days)),
                )
            )
        return lines


class ReportCorrectiveActionMonth(models.AbstractModel):
    """The measures of a month: late, open and closed ones, a sheet per branch."""

    _name = "report.dealer_aftersales.report_corrective_action_month"
    _inherit = "dealer.print"
    _description = "Measures of a Month"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: ``month`` (day as text) and ``ids``, from the wizard"""
        self._check_staff()
        data = data or {}
        measures = self.env["dealer.corrective.action"]
        measures = measures.browse(docids or data.get("ids") or [])
        measures.check_access("read")
        month = fields.Date.to_date(data.get("month"))
        groups = measures.grouped("company_id")
        sheets = [self._get_sheet(*group, month) for group in groups.items()]
        return {"docs": measures, "sheets": sheets, "text": self._get_text}

    @api.model
    def _get_sheet(self, company, measures, month):
        month = month or company._get_dealer_today()
        after = company._get_dealer_day_start(
            fields.Date.add(fields.Date.start_of(month, "month"), months=1)
        )
        closed = measures.filtered(
            lambda m: m.state == "closed" and m.date_closed < after
        )
        late = (measures - closed).filtered("is_late")
        return {
            "company": company,
            "month": format_date(self.env, month, date_format="yyyy-MM"),
            "sections": [
                (self.env._("Late"), late),
                (self.env._("Still open"), measures - closed - late),
                (self.env._("Closed"), closed),
            ],
        }
