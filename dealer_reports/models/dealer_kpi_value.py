# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerKpiValue(models.Model):
    """One figure of one month at one branch, with the records it counted."""

    _name = "dealer.kpi.value"
    _description = "KPI Value"
    _order = "month desc, company_id, report, sequence, id"
    _rec_name = "kpi_id"

    close_id = fields.Many2one(
        "dealer.month.close", required=True, ondelete="cascade", index=True
    )
    kpi_id = fields.Many2one("dealer.kpi", "KPI", required=True, ondelete="restrict")
    company_id = fields.Many2one(
        related="close_id.company_id", store=True, string="Branch"
    )
    month = fields.Date(related="close_id.month", store=True)
    report = fields.Selection(related="close_id.report", store=True)
    state = fields.Selection(related="close_id.state", string="Month State")
    sequence = fields.Integer()
    dimension_id = fields.Integer(readonly=True)
    stored_label = fields.Char(readonly=True)
    label = fields.Char("Item", compute="_compute_label")
    numerator = fields.Integer("Number", readonly=True, aggregator="sum")
    denominator = fields.Integer("Out of", readonly=True, aggregator="sum")
    value = fields.Float(readonly=True, aggregator="avg", digits=(16, 6))
    has_value = fields.Boolean(readonly=True)
    share = fields.Float("Satisfied", readonly=True, aggregator="avg", digits=(16, 6))
    has_share = fields.Boolean(readonly=True)
    previous_value = fields.Float(readonly=True, aggregator=None, digits=(16, 6))
    has_previous = fields.Boolean(readonly=True)
    target = fields.Float(readonly=True, aggregator=None)
    has_target = fields.Boolean(readonly=True)
    measure = fields.Selection(related="kpi_id.measure")
    is_below_target = fields.Boolean(compute="_compute_is_below_target")
    target_mark = fields.Char(compute="_compute_is_below_target", string="Mark")
    record_ids = fields.Json(readonly=True, help="Ids kept when the month was closed.")
    denominator_ids = fields.Json(readonly=True, help="Likewise, of a ratio.")
    value_text = fields.Char("Result", compute="_compute_texts")
    share_text = fields.Char("Satisfied (%)", compute="_compute_texts")
    previous_text = fields.Char("Month before", compute="_compute_texts")
    target_text = fields.Char("Target Value", compute="_compute_texts")

    _line_uniq = models.UniqueIndex(
        "(close_id, kpi_id, dimension_id)", "This figure stands once in a month."
    )

    @api.depends("kpi_id.name", "dimension_id", "stored_label")
    @api.depends_context("lang")
    def _compute_label(self):
        """In the reader's language; the kept text where the record is gone."""
        for value in self:
            field = value.kpi_id.sudo().dimension_field_id
            if not field:
                value.label = value.kpi_id.name
                continue
            record = self.env[field.relation].sudo().browse(value.dimension_id)
            value.label = record.exists().display_name or value.stored_label

    @api.depends("value", "has_value", "target", "has_target")
    def _compute_is_below_target(self):
        for value in self:
            value.is_below_target = (
                value.has_target and value.has_value and value.value < value.target
            )
            # Never colour alone: the sign also shows on a black and white print.
            value.target_mark = "▼" if value.is_below_target else ""

    @api.depends("value", "share", "previous_value", "target", "kpi_id.measure")
    @api.depends_context("lang")
    def _compute_texts(self):
        for value in self:
            kpi = value.kpi_id
            value.value_text = kpi._format(value.value, value.has_value)
            value.previous_text = kpi._format(value.previous_value, value.has_previous)
            value.target_text = kpi._format(value.target, value.has_target)
            value.share_text = kpi._format_percent(value.share, value.has_share)

    def action_view_records(self):
        """Open the records that were counted."""
        self.ensure_one()
        close, kpi = self.close_id, self.kpi_id.sudo()
        if close.state == "frozen":
            domain = [("id", "in", self.record_ids or [])]
        else:
            domain = kpi._get_numerator_domain(
                close.company_id, close.month, close._get_month_end()
            )
            if kpi.dimension_field_id:
                domain &= fields.Domain(
                    kpi.dimension_field_id.name, "in", [self.dimension_id]
                )
        return self._open(kpi.model, domain)

    def action_view_denominator(self):
        """Open the records the figure was divided by."""
        self.ensure_one()
        close, kpi = self.close_id, self.kpi_id.sudo()
        if kpi.measure != "ratio":
            return self.action_view_records()
        if close.state == "frozen":
            domain = [("id", "in", self.denominator_ids or [])]
        else:
            domain = kpi._get_denominator_domain(
                close.company_id, close.month, close._get_month_end()
            )
        return self._open(kpi._get_denominator_model(), domain)

    def _open(self, model, domain):
        return {
            "type": "ir.actions.act_window",
            "name": self.label,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"create": False},
        }
