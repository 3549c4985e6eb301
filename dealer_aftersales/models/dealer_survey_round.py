# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import UserError, ValidationError

#: method of a round: (channel of its callbacks, channel of dealer.consent)
METHODS = {
    "phone": ("phone", "call"),
    "sms": ("sms", "sms"),
    "online": ("wechat", "wechat"),
    "face": ("visit", "visit"),
}
METHOD_OF_CHANNEL = {
    "sms": "sms",
    "email": "online",
    "wechat": "online",
    "visit": "face",
    "home": "face",
}
DRAWN_FIELDS = frozenset(
    {
        "state",
        "drawn_on",
        "drawn_by_id",
        "member_count",
        "left_out_count",
        "seed",
        "callback_ids",
    }
)
PLAN_FIELDS = frozenset(
    {
        "policy_id",
        "company_id",
        "method",
        "date_from",
        "date_to",
        "sample_percent",
        "repeat_months",
        "segment_id",
    }
)


class DealerSurveyRound(models.Model):
    """One survey of a period: who is drawn, how he is asked, what came of it.

    A round draws from the records of a callback policy and lets the policy make the
    callbacks; asking, answering and counting are those of every callback (SAT-01,
    SAT-02).
    """

    _name = "dealer.survey.round"
    _description = "Survey Round"
    _order = "date_from desc, id desc"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    policy_id = fields.Many2one(
        "dealer.callback.policy",
        "Survey Policy",
        required=True,
        ondelete="restrict",
        domain="[('survey_id', '!=', False), ('cycle', 'in', ('once', 'date')), "
        "('company_id', 'in', (company_id, False))]",
        help="Says whom it can be about, with which questionnaire, and who asks.",
    )
    survey_id = fields.Many2one(related="policy_id.survey_id")
    method = fields.Selection(
        [
            ("phone", "By Phone"),
            ("sms", "By SMS"),
            ("online", "Online"),
            ("face", "Face to Face"),
        ],
        compute="_compute_method",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_from = fields.Date(
        "Asked about from",
        required=True,
        default=lambda self: self._get_default_day("start"),
    )
    date_to = fields.Date(
        "To", required=True, default=lambda self: self._get_default_day("end")
    )
    sample_percent = fields.Float(
        "Sample (%)",
        required=True,
        default=20.0,
        help="Of the persons the period is about, rounded half up.",
    )
    repeat_months = fields.Integer(
        "Not again within (months)",
        required=True,
        default=3,
        help="Whoever was drawn for a survey round in these months is left out; "
        "0 asks him again.",
    )
    segment_id = fields.Many2one(
        "dealer.segment", help="Only customers or cars of this segment."
    )
    seed = fields.Char(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("drawn", "Drawn"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    drawn_on = fields.Datetime(readonly=True, copy=False)
    drawn_by_id = fields.Many2one("res.users", "Drawn by", readonly=True, copy=False)
    member_count = fields.Integer(
        "Persons of the Period", readonly=True, copy=False, aggregator="sum"
    )
    left_out_count = fields.Integer(
        "Left out",
        readonly=True,
        copy=False,
        help="Asked not long ago, or without consent to be asked this way.",
    )
    callback_ids = fields.One2many(
        "dealer.callback", "round_id", "Persons drawn", readonly=True
    )

    _period_check = models.Constraint(
        "CHECK (date_from <= date_to)", "To: the period ends before it begins."
    )
    _percent_check = models.Constraint(
        "CHECK (sample_percent > 0 AND sample_percent <= 100)",
        "Sample (%): more than 0, at most 100.",
    )
    _repeat_check = models.Constraint(
        "CHECK (repeat_months >= 0)",
        "Not again within (months): it cannot be negative.",
    )

    @api.model
    def _get_default_day(self, edge):
        """First or last day of the month before: its orders are complete."""
        today = self.env.company._get_dealer_today()
        month = fields.Date.subtract(today, months=1)
        start_or_end = fields.Date.start_of if edge == "start" else fields.Date.end_of
        return start_or_end(month, "month")

    @api.depends("policy_id", "date_from")
    def _compute_name(self):
        for drawing in self:
            if drawing.state == "draft":
                month = drawing.date_from and drawing.date_from.strftime("%Y-%m")
                drawing.name = " ".join(filter(None, (drawing.policy_id.name, month)))

    @api.depends("policy_id")
    def _compute_method(self):
        for drawing in self:
            channel = drawing.policy_id.channel
            drawing.method = METHOD_OF_CHANNEL.get(channel, "phone")

    @api.constrains("policy_id", "segment_id", "company_id")
    def _check_policy(self):
        for drawing in self:
            policy = drawing.policy_id.sudo()
            if not policy.survey_id:
                raise ValidationError(
                    self.env._(
                        "Survey: %(policy)s has no questionnaire.", policy=policy.name
                    )
                )
            if policy.cycle not in ("once", "date"):
                raise ValidationError(
                    self.env._(
                        "Survey: %(policy)s comes back every year, it has no period.",
                        policy=policy.name,
                    )
                )
            if policy.company_id and policy.company_id != drawing.company_id:
                raise ValidationError(
                    self.env._("Survey: it belongs to another branch.")
                )
            drawing._check_segment()

    def _check_segment(self):
        """:raises ValidationError: where the sources do not lead to its members"""
        segment = self.segment_id
        if not segment:
            return
        path = "partner_path" if segment.model == "res.partner" else "vehicle_path"
        if not self.policy_id.sudo()._get_path_fields(path, segment.model):
            raise ValidationError(
                self.env._(
                    "Segment: %(policy)s has no field that leads to its members.",
                    policy=self.policy_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_drawn_fields(vals)
        if not self.env.su:
            self = without_defaults(self, DRAWN_FIELDS)
        return super().create(vals_list)

    def write(self, vals):
        self._check_drawn_fields(vals)
        if PLAN_FIELDS & vals.keys() and any(r.state != "draft" for r in self):
            raise UserError(
                self.env._("The round was drawn: its plan stays. Make another round.")
            )
        return super().write(vals)

    def _check_drawn_fields(self, vals):
        names = sorted(DRAWN_FIELDS & vals.keys())
        if names and not self.env.su:
            field = self._fields[names[0]]._description_string(self.env)
            raise UserError(self.env._("%(field)s: set by the drawing.", field=field))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drawn(self):
        if any(drawing.state != "draft" for drawing in self):
            raise UserError(self.env._("A round that was drawn is kept."))

    def _get_consent_channel(self):
        self.ensure_one()
        return METHODS[self.method][1]

    def _get_channel(self):
        self.ensure_one()
        return METHODS[self.method][0]
