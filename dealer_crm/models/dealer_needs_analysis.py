# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .crm_lead_stage_needs import NEEDS_STAGE

MAX_RECOMMENDED = 2
#: Asked once: known of the lead or of the analysis before, and told to the lead.
SHARED_FIELDS = (
    "budget_min",
    "budget_max",
    "purchase_date_expected",
    "vehicle_id",
    "has_trade_in",
)
#: Known of the analysis before only.
KEPT_FIELDS = (
    "usage",
    "use_note",
    "drivers",
    "present_car",
    "competitor",
    "payment_way",
    "stated_needs",
    "hidden_needs",
    "key_questions",
)


def prefilled(field_type, *args, **kwargs):
    """A field that starts with what is known, and is typed over where it changed."""
    return field_type(
        *args,
        compute="_compute_from_lead",
        store=True,
        readonly=False,
        precompute=True,
        **kwargs,
    )


class DealerNeedsAnalysis(models.Model):
    """What the customer needs, in his words and in ours, and what suits him (seed 002).

    A lead has one current analysis; a new one replaces it and the earlier ones stay
    as they were.
    """

    _name = "dealer.needs.analysis"
    _description = "Needs Analysis"
    _order = "date desc, id desc"
    _rec_name = "date"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="lead_id.partner_id", string="Customer")
    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_dealer_today()
    )
    user_id = fields.Many2one(
        "res.users",
        "Sales Consultant",
        required=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_current = fields.Boolean(
        "Current", compute="_compute_is_current", search="_search_is_current"
    )

    usage = prefilled(
        fields.Selection,
        [
            ("private", "Private"),
            ("official", "Official"),
            ("commercial", "Commercial"),
        ],
        "Use",
    )
    use_note = prefilled(fields.Char, "What for")
    drivers = prefilled(fields.Char, "Who drives")
    budget_min = prefilled(fields.Monetary, "Budget from")
    budget_max = prefilled(fields.Monetary, "Budget up to")
    payment_way = prefilled(
        fields.Selection,
        [
            ("cash", "Paid at once"),
            ("instalment", "Instalments"),
            ("leasing", "Leasing"),
            ("undecided", "Undecided"),
        ],
        "Way of Payment",
    )
    purchase_date_expected = prefilled(fields.Date, "Expected Purchase")
    vehicle_id = prefilled(
        fields.Many2one,
        "fleet.vehicle",
        "Present Car",
        index="btree_not_null",
        domain="[('trade_state', '!=', False)]",
    )
    present_car = prefilled(
        fields.Char,
        "Present Car in Words",
        help="Brand, model and year of a car that has no card here.",
    )
    has_trade_in = prefilled(fields.Boolean, "Trade-in wanted")
    competitor = prefilled(fields.Char, "Also looks at")
    stated_needs = prefilled(fields.Text, help="What the customer says he wants.")
    hidden_needs = prefilled(
        fields.Text, help="What lies behind it: asked for, or noticed."
    )
    key_questions = prefilled(
        fields.Text, help="What has to be answered before he decides."
    )
    line_ids = fields.One2many(
        "dealer.needs.recommendation", "analysis_id", "Recommended Models", copy=True
    )
    is_read_back = fields.Boolean(
        "Read back to the Customer",
        help="The consultant summed up the needs and the customer agreed.",
    )
    grade_id = fields.Many2one(
        "dealer.grade",
        "Grade after the Talk",
        domain="[('ladder_id', '=', ladder_id)]",
        help="Empty: the lead keeps its grade.",
    )
    grade_reason = fields.Char("Reason for the Grade")
    ladder_id = fields.Many2one(related="lead_id.grade_ladder_id")
    grade_proposal_id = fields.Many2one(related="lead_id.grade_proposal_id")
    grade_missing = fields.Char(related="lead_id.grade_missing")
    stage_missing = fields.Char(
        "Missing for the next Stage", compute="_compute_stage_missing"
    )

    _budget_check = models.Constraint(
        "CHECK (COALESCE(budget_min, 0) >= 0 AND COALESCE(budget_max, 0) >= 0"
        " AND (COALESCE(budget_max, 0) = 0"
        " OR COALESCE(budget_min, 0) <= budget_max))",
        "The budget ends below its beginning, or is negative.",
    )

    @api.depends("lead_id")
    def _compute_company_id(self):
        for analysis in self:
            lead = analysis.lead_id.sudo()
            analysis.company_id = lead.company_id or self.env.company

    @api.depends("lead_id")
    def _compute_from_lead(self):
        """Nothing is typed twice; of a lead one may not read nothing is told."""
        readable = self.lead_id._origin.sudo(False)._filtered_access("read")
        for analysis in self:
            lead = analysis.lead_id.sudo()
            if lead._origin.id not in readable.ids:
                lead = lead.browse()
            before = lead.needs_analysis_id - analysis._origin
            for name in SHARED_FIELDS:
                analysis[name] = lead[name] or before[name]
            for name in KEPT_FIELDS:
                analysis[name] = before[name]

    @api.depends("lead_id.needs_analysis_id")
    def _compute_is_current(self):
        for analysis in self:
            current = analysis.lead_id.sudo().needs_analysis_id
            analysis.is_current = not analysis.id or current == analysis._origin

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        query = leads._search([("needs_analysis_id", "!=", False)])
        return [("id", "in", query.subselect("needs_analysis_id"))]

    @api.depends("is_current")
    def _compute_stage_missing(self):
        """Why the lead stays behind although its needs are known."""
        stage = self.env["crm.stage"]._get_known(NEEDS_STAGE)
        for analysis in self:
            lead = analysis.lead_id
            missing = []
            if analysis.id and analysis.is_current and lead.won_status == "pending":
                passed = stage._get_passed(lead.stage_id, stage)
                missing = lead._get_missing_for_stages(passed)
            analysis.stage_missing = ", ".join(missing)

    @api.constrains("lead_id", "vehicle_id", "company_id")
    def _check_branch(self):
        for analysis in self:
            car = analysis.vehicle_id.sudo().company_id
            if car and car != analysis.company_id:
                raise ValidationError(
                    self.env._("The present car belongs to another branch.")
                )

    @api.constrains("stated_needs", "line_ids")
    def _check_not_empty(self):
        """An empty sheet would open the stage for nothing."""
        for analysis in self:
            if not (analysis.stated_needs or "").strip() and not analysis.line_ids:
                raise ValidationError(
                    self.env._(
                        "Stated Needs: write what the customer needs, or recommend a "
                        "model."
                    )
                )

    @api.model
    def default_get(self, fields):
        """The next version starts with the models recommended before."""
        values = super().default_get(fields)
        lead = self.env["crm.lead"].browse(values.get("lead_id"))
        if lead and "line_ids" in fields and lead.has_access("read"):
            values["line_ids"] = [
                (0, 0, {"vehicle_model_id": x.vehicle_model_id.id, "reason": x.reason})
                for x in lead.sudo().needs_analysis_id.line_ids
            ]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        analyses = super().create(vals_list)
        analyses.lead_id.check_access("write")
        for analysis in analyses:
            analysis.lead_id.sudo().needs_analysis_id = analysis
            analysis._tell_lead()
            analysis._answer_grade()
        return analyses

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        result = super().write(vals)
        if set(SHARED_FIELDS) & vals.keys() or "line_ids" in vals:
            for analysis in self.filtered("is_current"):
                analysis._tell_lead()
        if vals.get("grade_id"):
            self._answer_grade()
        return result

    def unlink(self):
        """The version before becomes the current one again."""
        leads = self.lead_id
        result = super().unlink()
        for lead in leads.exists().sudo():
            lead.needs_analysis_id = lead.needs_analysis_ids[:1]
        return result

    def _check_may_change(self, vals):
        """:raises UserError: an earlier version, or another lead"""
        if "lead_id" in vals and any(a.lead_id.id != vals["lead_id"] for a in self):
            raise UserError(
                self.env._("An analysis stays with its lead: make a new one.")
            )
        if any(not analysis.is_current for analysis in self):
            raise UserError(
                self.env._("Earlier analyses stay as they were: make a new one.")
            )

    def _tell_lead(self):
        """What was learnt goes to the lead, which then moves on when it can."""
        self.ensure_one()
        lead = self.lead_id
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in SHARED_FIELDS
            if self[name] and self[name] != lead[name]
        }
        model = self.line_ids[:1].vehicle_model_id
        if model and not lead.vehicle_model_id:
            values["vehicle_model_id"] = model.id
        if values:
            lead.write(values)
        lead._enter_needs_stage()

    def _answer_grade(self):
        """The question of this step: another grade, or the same again."""
        for analysis in self:
            lead = analysis.lead_id
            if lead.grade_missing or lead.won_status != "pending":
                continue
            lead._answer_grade_question(
                "needs", grade=analysis.grade_id, reason=analysis.grade_reason
            )
            if lead.grade_id != analysis.grade_id:
                analysis.sudo().grade_id = lead.grade_id

    def action_new_version(self):
        """Analyse again: opens with all that is known."""
        self.ensure_one()
        return self.lead_id._get_needs_action(False)


class DealerNeedsRecommendation(models.Model):
    """A model that suits the customer, and why: one or two, not a catalogue."""

    _name = "dealer.needs.recommendation"
    _description = "Recommended Model"
    _order = "sequence, id"
    _rec_name = "vehicle_model_id"

    analysis_id = fields.Many2one(
        "dealer.needs.analysis", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    vehicle_model_id = fields.Many2one("fleet.vehicle.model", "Model", required=True)
    reason = fields.Char("Why it suits", required=True)

    _model_uniq = models.Constraint(
        "UNIQUE (analysis_id, vehicle_model_id)", "Each model is recommended once."
    )

    @api.constrains("analysis_id")
    def _check_count(self):
        groups = self._read_group(
            [("analysis_id", "in", self.analysis_id.ids)], ["analysis_id"], ["__count"]
        )
        if any(count > MAX_RECOMMENDED for _analysis, count in groups):
            raise ValidationError(
                self.env._(
                    "Recommend the %(count)s models that suit best, no more.",
                    count=MAX_RECOMMENDED,
                )
            )
