# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerDailyReport(models.Model):
    """Figures of the day: live from the registers, kept once submitted.

    ``figures`` keeps counts, the ids behind them and the leads per grade.
    """

    _inherit = "dealer.daily.report"

    figures = fields.Json(readonly=True, copy=False, export_string_translation=False)
    visit_count = fields.Integer("Visits", compute="_compute_counts")
    call_in_count = fields.Integer("Calls in", compute="_compute_counts")
    call_out_count = fields.Integer("Calls out", compute="_compute_counts")
    contact_count = fields.Integer("Contacts reached", compute="_compute_counts")
    lead_count = fields.Integer("New Leads", compute="_compute_counts")
    filed_count = fields.Integer("On File", compute="_compute_counts")
    test_drive_count = fields.Integer("Test Drives", compute="_compute_counts")
    order_count = fields.Integer("Orders", compute="_compute_counts")
    delivery_count = fields.Integer("Deliveries", compute="_compute_counts")
    grade_summary = fields.Char("Leads by Grade", compute="_compute_grade_summary")
    contact_ids = fields.Many2many(
        "dealer.contact", string="Contacts", compute="_compute_contact_ids"
    )

    touched_lead_ids = fields.Many2many(
        "crm.lead", string="Leads of the Day", compute="_compute_touched_lead_ids"
    )
    touched_lead_count = fields.Integer(
        "Leads of the Day (number)", compute="_compute_touched_lead_ids"
    )

    @api.depends("user_id", "date", "company_id", "figures")
    def _compute_counts(self):
        """One query per figure for all open reports; none for kept ones."""
        keys = list(self.env["dealer.sales.measure"]._get_measures())
        live = self._count_live(self.filtered(lambda r: not r.figures))
        for report in self:
            kept = (report.figures or {}).get("counts")
            for key in keys:
                name = f"{key}_count"
                if name in self._fields:
                    report[name] = (
                        kept.get(key, 0) if kept else live[key][report._get_key()]
                    )

    def _get_key(self):
        self.ensure_one()
        return self.company_id.id, self.user_id.id, self.date

    @api.model
    def _count_live(self, reports):
        """{figure: {(branch id, user id, day): count}}"""
        counts = defaultdict(lambda: defaultdict(int))
        measures = self.env["dealer.sales.measure"]
        dated = reports.filtered(lambda r: r.date and r.user_id and r.company_id)
        for company, group in dated.grouped("company_id").items():
            days = group.mapped("date")
            found = measures._count(company, group.user_id, min(days), max(days))
            for key, numbers in found.items():
                for (user_id, day), count in numbers.items():
                    counts[key][company.id, user_id, day] = count
        return counts

    @api.depends("user_id", "company_id", "figures")
    def _compute_grade_summary(self):
        live = self.filtered(lambda r: not r.figures)
        grades = live._read_grades()
        for report in self:
            rows = (report.figures or {}).get("grades")
            if rows is None:
                rows = grades[report.company_id.id, report.user_id.id]
            report.grade_summary = " · ".join(f"{name} {n}" for name, n in rows)

    def _read_grades(self):
        """Open leads per grade: {(branch id, user id): [[grade, count]]}"""
        result = defaultdict(list)
        rows = (
            self.env["crm.lead"]
            .sudo()
            ._read_group(
                [
                    ("user_id", "in", self.user_id.ids),
                    ("company_id", "in", [*self.company_id.ids, False]),
                    ("won_status", "=", "pending"),
                ],
                ["company_id", "user_id", "grade_id"],
                ["__count"],
                order="grade_id",
            )
        )
        for company, user, grade, count in rows:
            for branch_id in company.ids or self.company_id.ids:
                name = grade.display_name or self.env._("No grade")
                self._add_grade(result[branch_id, user.id], name, count)
        return result

    @api.model
    def _add_grade(self, rows, name, count):
        """Leads without a branch count with those of the branch."""
        for row in rows:
            if row[0] == name:
                row[1] += count
                return
        rows.append([name, count])

    @api.depends("user_id", "date", "company_id", "figures")
    def _compute_contact_ids(self):
        """What the reader may see of the day's entries in the ledger."""
        for report in self:
            kept = (report.figures or {}).get("contact_ids")
            if kept is None:
                report.contact_ids = report._find_contacts()
            else:
                contacts = self.env["dealer.contact"].browse(kept).exists()
                report.contact_ids = contacts._filtered_access("read")

    @api.depends("contact_ids")
    def _compute_touched_lead_ids(self):
        """Leads that the day's contacts belong to, as far as the reader sees them."""
        for report in self:
            leads = report.contact_ids.lead_id.with_context(active_test=False)
            report.touched_lead_ids = leads._filtered_access("read")
            report.touched_lead_count = len(report.touched_lead_ids)

    def action_open_leads(self):
        """The leads of the day: their cards are part of the evening pack."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads of %(report)s", report=self.display_name),
            "res_model": "crm.lead",
            "domain": [("id", "in", self.touched_lead_ids.ids)],
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }

    def _find_contacts(self):
        self.ensure_one()
        if not (self.date and self.user_id and self.company_id):
            return self.env["dealer.contact"]
        start = self.company_id._get_dealer_day_start
        return self.env["dealer.contact"].search(
            [
                ("user_id", "=", self.user_id.id),
                ("company_id", "=", self.company_id.id),
                ("date", ">=", start(self.date)),
                ("date", "<", start(fields.Date.add(self.date, days=1))),
            ],
            order="date, id",
        )

    def _freeze_figures(self):
        """Keep what is counted now: later entries change no submitted report."""
        self.sudo().write({"figures": False})
        grades = self._read_grades()
        for report in self:
            report.sudo().figures = report._prepare_figures(grades)

    def _prepare_figures(self, grades):
        self.ensure_one()
        measures = self.env["dealer.sales.measure"]
        ids = {
            key: measures._find(item, self.company_id, self.user_id, self.date).ids
            for key, item in measures._get_measures().items()
        }
        return {
            "counts": {key: len(found) for key, found in ids.items()},
            "ids": ids,
            "grades": grades[self.company_id.id, self.user_id.id],
            "contact_ids": self.sudo()._find_contacts().ids,
        }

    def action_open_figure(self):
        """Open the records behind one figure; the context names it (``figure``).

        :raises UserError: a figure that is not counted
        """
        self.ensure_one()
        measures = self.env["dealer.sales.measure"]
        key = self.env.context.get("figure")
        measure = measures._get_measures().get(key)
        if not measure:
            raise UserError(self.env._("This figure is not counted."))
        kept = (self.figures or {}).get("ids", {}).get(key)
        if kept is None:
            kept = measures._find(measure, self.company_id, self.user_id, self.date).ids
        return {
            "type": "ir.actions.act_window",
            "name": f"{measure['label']} – {self.display_name}",
            "res_model": measure["model"],
            "domain": [("id", "in", kept)],
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }
