# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

REPORTS = [
    ("callback_monthly", "Callback Monthly Report"),
    ("callback_sales", "Callback Monthly Report (Sales)"),
    ("satisfaction", "Satisfaction Report"),
    ("management", "Management Figures"),
]
#: Counted as of now instead of by month; these stand on no monthly report.
BOARDS = [("quality", "Data Quality")]


class DealerKpi(models.Model):
    """A figure as a record: what is counted, by which date, divided by what.

    The record is the figure's passport. Every figure is a set of records, so that it
    can be opened; closing a month keeps the figure and the records behind it.
    """

    _name = "dealer.kpi"
    _description = "KPI"
    _order = "report, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    report = fields.Selection(REPORTS + BOARDS, required=True, default="management")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    formula = fields.Text(
        "How it is counted", translate=True, help="Printed as the figure's passport."
    )
    measure = fields.Selection(
        [
            ("count", "Count"),
            ("ratio", "Ratio of two counts"),
            ("mean", "Mean of a field"),
        ],
        required=True,
        default="count",
    )
    model_id = fields.Many2one(
        "ir.model",
        "Counted",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", list(self._get_countable_models()))],
    )
    model = fields.Char(related="model_id.model", string="Model Name")
    domain = fields.Char("Conditions", required=True, default="[]")
    date_field_id = fields.Many2one(
        "ir.model.fields",
        "Month by",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('ttype', 'in', ('date', 'datetime'))]",
    )
    value_field_id = fields.Many2one(
        "ir.model.fields",
        "Mean of",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), "
        "('ttype', 'in', ('integer', 'float', 'monetary'))]",
    )
    share_domain = fields.Char(
        "Share of", help="Conditions: which of the counted records make the share."
    )
    dimension_field_id = fields.Many2one(
        "ir.model.fields",
        "A line per",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), "
        "('ttype', 'in', ('many2one', 'many2many'))]",
    )
    line_limit = fields.Integer(
        "At most", help="Lines of a ranking, most frequent first; 0 shows all lines."
    )
    denominator_model_id = fields.Many2one(
        "ir.model",
        "Divided by",
        ondelete="cascade",
        help="Empty: the same records.",
        domain=lambda self: [("model", "in", list(self._get_countable_models()))],
    )
    denominator_model = fields.Char(
        related="denominator_model_id.model", string="Denominator Model"
    )
    denominator_domain = fields.Char("Conditions of the Denominator", default="[]")
    denominator_date_field_id = fields.Many2one(
        "ir.model.fields", "Month of the Denominator by", ondelete="cascade"
    )
    has_target = fields.Boolean("Target set")
    target = fields.Float(help="For a ratio 0.9 means 90 %.")
    digits = fields.Integer("Decimals", default=2)
    last_error = fields.Char(readonly=True, copy=False)

    _code_uniq = models.Constraint("UNIQUE (code)", "Each code stands once.")

    @api.constrains(
        "report",
        "model_id",
        "domain",
        "date_field_id",
        "share_domain",
        "value_field_id",
        "dimension_field_id",
        "denominator_domain",
        "denominator_model_id",
        "denominator_date_field_id",
    )
    def _check_countable(self):
        """A figure that cannot be counted is refused when it is written.

        Tried with the editor's own rights, so that nobody learns by a figure what he
        may not read.
        """
        today = fields.Date.context_today(self)
        # Constraints run with all rights; the trial must not.
        for kpi in self.sudo(False):
            kpi._check_models()
            try:
                kpi._compute_lines(self.env.company, today, today)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "%(kpi)s cannot be counted: %(error)s",
                        kpi=kpi.name,
                        error=error,
                    )
                ) from error

    def _check_models(self):
        """:raises ValidationError: for a model or field outside the dealership"""
        self.ensure_one()
        if not self.date_field_id and self.report not in dict(BOARDS):
            raise ValidationError(
                self.env._("Month by: %(kpi)s needs a date.", kpi=self.name)
            )
        allowed = self._get_allowed_models()
        for model in (self.model_id, self.denominator_model_id):
            if model and model.model not in allowed:
                raise ValidationError(
                    self.env._(
                        "Counted: %(model)s does not belong to the dealership's "
                        "figures.",
                        model=model.name,
                    )
                )
        denominator = self.denominator_model_id or self.model_id
        for field, model in (
            (self.date_field_id, self.model_id),
            (self.value_field_id, self.model_id),
            (self.dimension_field_id, self.model_id),
            (self.denominator_date_field_id, denominator),
        ):
            if field and field.model_id != model:
                raise ValidationError(
                    self.env._(
                        "%(field)s is no field of %(model)s.",
                        field=field.field_description,
                        model=model.name,
                    )
                )

    @api.model
    def _get_countable_models(self):
        """Models a figure may count; extend it for further records of the trade."""
        return {
            "crm.lead",
            "dealer.appointment",
            "dealer.callback",
            "dealer.callback.answer",
            "dealer.contact",
            "dealer.grade.log",
            "fleet.vehicle",
            "repair.order",
            "sale.order",
        }

    def _get_allowed_models(self):
        """Models this figure may count."""
        return self._get_countable_models()

    @api.constrains("measure", "value_field_id")
    def _check_value_field(self):
        for kpi in self:
            if kpi.measure == "mean" and not kpi.value_field_id:
                raise ValidationError(
                    self.env._("Mean of: %(kpi)s needs a field.", kpi=kpi.name)
                )

    def _get_numerator_domain(self, company, date_from, date_to):
        """The records counted between two days (both included) at one branch."""
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]")) & self._get_period_domain(
            self.date_field_id, company, date_from, date_to
        )

    def _get_denominator_domain(self, company, date_from, date_to):
        """The records divided by; same model and date unless said otherwise."""
        self.ensure_one()
        return Domain(
            literal_eval(self.denominator_domain or "[]")
        ) & self._get_period_domain(
            self.denominator_date_field_id or self.date_field_id,
            company,
            date_from,
            date_to,
        )

    def _get_denominator_model(self):
        self.ensure_one()
        return self.denominator_model or self.model

    def _get_period_domain(self, field, company, date_from, date_to):
        """Days of the branch's time zone; for a moment its midnights in UTC."""
        domain = Domain("company_id", "=", company.id)
        if field.ttype == "date":
            return (
                domain
                & Domain(field.name, ">=", date_from)
                & Domain(field.name, "<=", date_to)
            )
        start = company._get_dealer_day_start(date_from)
        end = company._get_dealer_day_start(fields.Date.add(date_to, days=1))
        return domain & Domain(field.name, ">=", start) & Domain(field.name, "<", end)

    def action_view_trend(self):
        """The figure over the months that were computed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_reports.dealer_kpi_value_action"
        )
        action["domain"] = [("kpi_id", "=", self.id)]
        return action
