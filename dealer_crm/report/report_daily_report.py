# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

EVENING = ("summary", "problem")


class ReportDailyReport(models.AbstractModel):
    """The sales daily report (销售日报表) on paper, as the reader may see it."""

    _name = "report.dealer_crm.report_daily_report"
    _inherit = "dealer.print"
    _description = "Daily Report on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template: one form per report"""
        self._check_staff()
        reports = self.env["dealer.daily.report"].browse(docids or [])
        reports.check_access("read")
        return {"docs": reports, "forms": [self._get_form(one) for one in reports]}

    @api.model
    def _get_form(self, report):
        return {
            "report": report,
            "company": report.company_id.sudo(),
            "figures": self._get_figures(report),
            "items": self._get_items(report),
            "texts": [
                (self._get_label(report, name), report[name]) for name in EVENING
            ],
        }

    @api.model
    def _get_label(self, report, name):
        return report._fields[name].get_description(self.env, ["string"])["string"]

    @api.model
    def _get_figures(self, report):
        """Rows of the day's figures beside plan and month.

        :return: list of dicts with ``label``, ``day`` and, where the figure is
            planned, ``plan_day``, ``done_month``, ``plan_month``
        """
        plans = self.env["dealer.plan"]
        progress = plans._get_progress(report.user_id, report.date, report.company_id)
        rows = []
        for key, label in self.env["dealer.sales.measure"]._get_selection():
            row = {"label": label, **progress.get(key, {})}
            row["day"] = report[f"{key}_count"] if f"{key}_count" in report else 0
            rows.append(row)
        return rows

    @api.model
    def _get_items(self, report):
        """(ticked, item) of the morning checklist."""
        items = self.env["dealer.checklist.item"].search(
            [("company_id", "in", [False, report.company_id.id])]
        )
        ticked = report.checked_item_ids
        return [(item in ticked, item.name) for item in items | ticked]


class ReportMorningPack(models.AbstractModel):
    """What the consultant takes into the day: arrangement, plan, appointments."""

    _name = "report.dealer_crm.report_morning_pack"
    _inherit = "report.dealer_crm.report_daily_report"
    _description = "Morning Pack"

    @api.model
    def _get_form(self, report):
        return super()._get_form(report) | {
            "due": self._find_due(report),
            "appointments": self._find_appointments(report),
        }

    @api.model
    def _find_due(self, report):
        """Leads due on the day, or overdue, that the plan does not name."""
        return self.env["crm.lead"].search(
            [
                ("user_id", "=", report.user_id.id),
                ("company_id", "in", [report.company_id.id, False]),
                ("won_status", "=", "pending"),
                ("next_contact_date", "<=", report.date),
                ("id", "not in", report.today_line_ids.lead_id.ids),
            ],
            order="next_contact_date, id",
            limit=100,
        )

    @api.model
    def _find_appointments(self, report):
        """The consultant's appointments of the day, as the reader may see them."""
        start = report.company_id._get_dealer_day_start
        after = start(fields.Date.add(report.date, days=1))
        return self.env["calendar.event"].search(
            [
                ("partner_ids", "in", report.user_id.partner_id.ids),
                ("start", "<", after),
                ("stop", ">", start(report.date)),
            ],
            order="start, id",
        )


class ReportEveningPack(models.AbstractModel):
    """Daily report, progress table of the month and cards of the day's leads."""

    _name = "report.dealer_crm.report_evening_pack"
    _inherit = "report.dealer_crm.report_daily_report"
    _description = "Evening Pack"

    @api.model
    def _get_report_values(self, docids, data=None):
        values = super()._get_report_values(docids, data)
        leads = values["docs"].touched_lead_ids
        title = self.env._("Evening Pack")
        self.env["dealer.access.log"]._log("print", leads, title)
        return values

    @api.model
    def _get_form(self, report):
        branch = report.with_company(report.company_id)
        return super()._get_form(report) | {
            "users": branch.user_id,
            "month": report.date,
            "leads": report.touched_lead_ids,
        }
