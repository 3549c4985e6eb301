# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .dealer_kpi import REPORTS

_logger = logging.getLogger(__name__)


class DealerMonthClose(models.Model):
    """The figures of one month at one branch: live until closed, then kept.

    A closed month opens again only when the general manager approves the request of
    another person (the approval mixin).
    """

    _name = "dealer.month.close"
    _description = "Month Close"
    _inherit = ["dealer.approval.mixin"]
    _order = "month desc, company_id, report"

    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        default=lambda self: self.env.company,
    )
    month = fields.Date(required=True, default=lambda self: self._get_current_month())
    report = fields.Selection(REPORTS, required=True, default="callback_monthly")
    state = fields.Selection(
        [("open", "Open"), ("frozen", "Frozen")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    frozen_on = fields.Datetime(readonly=True, copy=False)
    frozen_by_id = fields.Many2one("res.users", "Frozen by", readonly=True, copy=False)
    computed_on = fields.Datetime("Figures of", readonly=True, copy=False)
    value_ids = fields.One2many("dealer.kpi.value", "close_id", "Figures")
    main_value_ids = fields.One2many(
        "dealer.kpi.value",
        "close_id",
        "Main Figures",
        domain=[("kpi_id.dimension_field_id", "=", False)],
    )
    question_value_ids = fields.One2many(
        "dealer.kpi.value",
        "close_id",
        "Satisfaction per Question",
        domain=[
            ("kpi_id.dimension_field_id", "!=", False),
            ("kpi_id.measure", "=", "mean"),
        ],
    )
    ranking_value_ids = fields.One2many(
        "dealer.kpi.value",
        "close_id",
        "Problems named most often",
        domain=[
            ("kpi_id.dimension_field_id", "!=", False),
            ("kpi_id.measure", "=", "count"),
        ],
    )
    failed_kpi_ids = fields.Many2many(
        "dealer.kpi", string="Figures that failed", readonly=True, copy=False
    )
    reopen_reason = fields.Char("Why reopen", copy=False)
    changed_since = fields.Text(compute="_compute_changed_since")

    _month_uniq = models.UniqueIndex(
        "(company_id, month, report)", "This month exists already for the branch."
    )
    _first_day_check = models.Constraint(
        "CHECK (extract(day FROM month) = 1)", "A month is named by its first day."
    )

    @api.model
    def _get_current_month(self):
        return self.env.company._get_dealer_today().replace(day=1)

    def _get_month_end(self):
        self.ensure_one()
        return fields.Date.end_of(self.month, "month")

    @api.depends("month", "company_id", "report")
    @api.depends_context("lang")
    def _compute_display_name(self):
        reports = dict(self._fields["report"]._description_selection(self.env))
        for close in self:
            close.display_name = " ".join(
                filter(None, (reports.get(close.report), close._get_month_text()))
            )

    def _get_month_text(self):
        """The month as people write it: 2026-10."""
        self.ensure_one()
        return self.month and format_date(self.env, self.month, date_format="yyyy-MM")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_buttons_only(vals)
            if vals.get("month"):
                vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        closes = super().create(vals_list)
        closes._compute_figures()
        return closes

    def write(self, vals):
        fixed = {"company_id", "month", "report"} & vals.keys()
        if fixed and not self.env.su:
            raise UserError(
                self.env._("Month and branch stay: open or create another month.")
            )
        self._check_buttons_only(vals)
        return super().write(vals)

    def _check_buttons_only(self, vals):
        if {"state", "frozen_on", "frozen_by_id"} & vals.keys() and not self.env.su:
            raise UserError(self.env._("A month is closed and opened by its buttons."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if self.filtered("frozen_on"):
            raise UserError(self.env._("A month that was closed once is kept."))

    @api.model
    def action_open_report(self, report="callback_monthly"):
        """Open the current month of the current branch with fresh figures."""
        return self._open_month(self.env.company, self._get_current_month(), report)

    def action_previous_month(self):
        """The same report one month earlier."""
        self.ensure_one()
        month = fields.Date.subtract(self.month, months=1)
        return self._open_month(self.company_id, month, self.report)

    def action_next_month(self):
        """The same report one month later."""
        self.ensure_one()
        month = fields.Date.add(self.month, months=1)
        return self._open_month(self.company_id, month, self.report)

    @api.model
    def _open_month(self, company, month, report):
        close = self._find_or_create(company, month, report)
        if close.state == "open":
            close.action_refresh()
        return {
            "type": "ir.actions.act_window",
            "name": close.display_name,
            "res_model": self._name,
            "res_id": close.id,
            "views": [(False, "form")],
            "target": "current",
        }

    @api.model
    def _find_or_create(self, company, month, report):
        key = {"company_id": company.id, "month": month, "report": report}
        found = self.search([(name, "=", value) for name, value in key.items()])
        return found or self.create(key)

    def action_refresh(self):
        """Count again; a frozen month stays as it is."""
        self.check_access("read")
        self.filtered(lambda close: close.state == "open")._compute_figures()
        return True

    def _compute_figures(self):
        """Write the figures of each open month, keeping the lines that stay.

        Counted with all rights for the branch: a figure must not depend on who
        opens the page.
        """
        for close in self.sudo():
            close._get_kpis().filtered("last_error").last_error = False
            lines = close._get_lines()
            known = {(v.kpi_id.id, v.dimension_id): v for v in close.value_ids}
            for key, vals in lines.items():
                if key in known:
                    known[key].write(vals)
                else:
                    close.value_ids.create({**vals, "close_id": close.id})
            gone = [value.id for key, value in known.items() if key not in lines]
            close.value_ids.browse(gone).unlink()
            close.computed_on = fields.Datetime.now()
            close.failed_kpi_ids = close._get_kpis().filtered("last_error")

    def _get_kpis(self):
        self.ensure_one()
        return self.env["dealer.kpi"].sudo().search([("report", "=", self.report)])

    def _get_lines(self):
        """Values of dealer.kpi.value by (kpi id, dimension id), in printing order."""
        self.ensure_one()
        start, end = self.month, self._get_month_end()
        before = self._get_previous_values()
        lines = {}
        for kpi in self._get_kpis():
            for line in self._compute_kpi(kpi, start, end):
                key = (kpi.id, line["dimension_id"])
                lines[key] = self._prepare_value(kpi, line, before.get(key), len(lines))
        return lines

    def _compute_kpi(self, kpi, start, end):
        """The lines of one figure; one that fails is left out, the others go on."""
        try:
            with self.env.cr.savepoint():
                return kpi._compute_lines(self.company_id, start, end)
        except Exception as error:
            _logger.warning("KPI %s failed", kpi.code, exc_info=True)
            kpi.last_error = str(error)[:500]
        return []

    def _prepare_value(self, kpi, line, previous, sequence):
        return {
            "kpi_id": kpi.id,
            "sequence": sequence,
            "dimension_id": line["dimension_id"],
            "stored_label": line["label"] or kpi.name,
            "numerator": line["numerator"],
            "denominator": line["denominator"],
            "value": line["value"] or 0,
            "has_value": line["value"] is not None,
            "share": line["share"] or 0,
            "has_share": line["share"] is not None,
            "previous_value": previous or 0,
            "has_previous": previous is not None,
            "target": kpi.target,
            "has_target": kpi.has_target,
            "record_ids": line["record_ids"],
            "denominator_ids": line["denominator_ids"],
        }

    def _get_previous_values(self):
        """Figures of the month before: the kept ones if it is closed, else live."""
        self.ensure_one()
        month = fields.Date.subtract(self.month, months=1)
        before = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", "=", month),
                ("report", "=", self.report),
                ("state", "=", "frozen"),
            ]
        )
        if before:
            return {
                (value.kpi_id.id, value.dimension_id): value.value
                for value in before.value_ids
                if value.has_value
            }
        end = fields.Date.end_of(month, "month")
        return {
            (kpi.id, line["dimension_id"]): line["value"]
            for kpi in self._get_kpis()
            for line in self._compute_kpi(kpi, month, end)
        }
