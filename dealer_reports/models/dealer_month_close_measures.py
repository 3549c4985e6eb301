# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Problems ranked on the report: their KPI counts callbacks a line per problem.
ISSUE = "dealer.callback.issue"


class DealerMonthClose(models.Model):
    """The monthly report leads to measures, and shows those of its month."""

    _inherit = "dealer.month.close"

    corrective_action_ids = fields.Many2many(
        "dealer.corrective.action",
        "dealer_corrective_action_month_close_rel",
        "close_id",
        "action_id",
        string="Measures drawn from it",
        copy=False,
    )
    month_measure_ids = fields.Many2many(
        "dealer.corrective.action",
        compute="_compute_month_measure_ids",
        string="Measures of the Month",
    )

    @api.depends("month", "company_id", "corrective_action_ids")
    def _compute_month_measure_ids(self):
        """Open at some time of the month; those the reader may see."""
        measures = self.env["dealer.corrective.action"]
        for close in self:
            close.month_measure_ids = False
            if close.report == "callback_monthly" and close.month:
                close.month_measure_ids = measures.search(
                    measures._get_month_domain(close.company_id, close.month)
                )

    def action_make_measure(self):
        """A measure drawn from the whole report.

        :raises AccessError: for those who draw no measures up
        """
        self.ensure_one()
        self.check_access("read")
        measures = self.env["dealer.corrective.action"]
        return measures._make_from(
            self.company_id,
            name=self.env._("Measure on %(report)s", report=self.display_name),
            month_close_ids=[fields.Command.link(self.id)],
        )._open_form()

    def _get_measure_sections(self):
        """(heading, measures) of the print: late, open, closed in the month."""
        self.ensure_one()
        report = self.env["report.dealer_aftersales.report_corrective_action_month"]
        sheet = report._get_sheet(self.company_id, self.month_measure_ids, self.month)
        return sheet["sections"]

    @api.model
    def _get_choice_text(self, record, name):
        """The label of a choice in the language of the print."""
        return self.env["dealer.print"]._get_text(record, name)


class DealerKpiValue(models.Model):
    """A row of the problem ranking becomes a measure by one button."""

    _inherit = "dealer.kpi.value"

    is_issue_row = fields.Boolean(
        compute="_compute_is_issue_row", export_string_translation=False
    )

    @api.depends("kpi_id.dimension_field_id")
    def _compute_is_issue_row(self):
        for value in self:
            field = value.kpi_id.sudo().dimension_field_id
            value.is_issue_row = field.relation == ISSUE

    def action_make_measure(self):
        """A preventive measure on the problem of this row, with its callbacks.

        :raises UserError: when the row is about no problem
        """
        self.ensure_one()
        self.check_access("read")
        if not self.is_issue_row:
            raise UserError(self.env._("This row is about no problem."))
        issue = self.env[ISSUE].browse(self.dimension_id).exists()
        action = self.action_view_records()
        callbacks = self.env["dealer.callback"].search(action["domain"])
        measures = self.env["dealer.corrective.action"]
        return measures._make_from(
            self.close_id.company_id,
            callbacks=callbacks,
            kind="preventive",
            name=self.env._("Prevent: %(problem)s", problem=issue.display_name),
            issue_id=issue.id,
            effect_kind="issue",
            month_close_ids=[fields.Command.link(self.close_id.id)],
        )._open_form()


class DealerCorrectiveAction(models.Model):
    """Measures know the monthly report they come from."""

    _inherit = "dealer.corrective.action"

    month_close_ids = fields.Many2many(
        "dealer.month.close",
        "dealer_corrective_action_month_close_rel",
        "action_id",
        "close_id",
        string="Monthly Reports",
        copy=False,
    )

    @api.model
    def _get_managed_fields(self):
        return super()._get_managed_fields() | {"month_close_ids"}

    @api.constrains("month_close_ids", "company_id")
    def _check_month_close_ids(self):
        for action in self.sudo():
            if action.month_close_ids.company_id - action.company_id:
                raise ValidationError(
                    self.env._(
                        "Monthly Reports: a measure is drawn from its own branch."
                    )
                )

    def action_view_month_closes(self):
        """The monthly reports it was drawn from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Monthly Reports"),
            "res_model": "dealer.month.close",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.month_close_ids.ids)],
            "context": {"create": False},
        }


class ReportCorrectiveAction(models.AbstractModel):
    _inherit = "report.dealer_aftersales.report_corrective_action"

    @api.model
    def _get_sources(self, measure):
        closes = measure.sudo().month_close_ids
        return [*super()._get_sources(measure), *closes.mapped("display_name")]
