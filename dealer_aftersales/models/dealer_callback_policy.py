# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class DealerCallbackPolicy(models.Model):
    """A rule that turns records into callbacks: which ones, when, who asks what.

    After-service calls, delivery calls, reminders and care are policies, not code:
    a source model, conditions, a date with an offset, a window, a number of attempts
    and a questionnaire.
    """

    _name = "dealer.callback.policy"
    _description = "Callback Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )
    model_id = fields.Many2one(
        "ir.model",
        "Made from",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", list(self._get_source_paths()))],
    )
    model = fields.Char(related="model_id.model", string="Source Model")
    domain = fields.Char("Conditions", required=True, default="[]")
    segment_id = fields.Many2one(
        "dealer.segment", help="Only for customers or cars of this segment."
    )
    date_field_id = fields.Many2one(
        "ir.model.fields",
        "Date",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True), "
        "('ttype', 'in', ('date', 'datetime'))]",
    )
    cycle = fields.Selection(
        [
            ("once", "Once per record"),
            ("date", "Each time the date changes"),
            ("yearly", "Every year on that day"),
        ],
        required=True,
        default="once",
    )
    offset_days = fields.Integer(
        "Due after (days)", default=3, help="Negative: days before the date."
    )
    window_days = fields.Integer(
        "Within (days)", default=3, help="Days from the due date to the end."
    )
    ahead_days = fields.Integer(
        "Plan ahead (days)",
        default=7,
        help="Callbacks are made this many days before they are due.",
    )
    max_attempts = fields.Integer(default=3)
    date_start = fields.Date(
        "Due from",
        required=True,
        default=fields.Date.context_today,
        help="Nothing that was due earlier is made: a new policy starts clean.",
    )
    partner_path = fields.Char(
        "Whom to call",
        compute="_compute_paths",
        store=True,
        readonly=False,
        help="Field names of the source, separated by commas: the first filled "
        "one is called.",
    )
    vehicle_path = fields.Char(
        "Which car", compute="_compute_paths", store=True, readonly=False
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Callers",
        help="Take turns. Empty: everybody in customer relations sees the call.",
    )
    purpose = fields.Selection(
        selection="_selection_purpose", required=True, default="after_service"
    )
    filed_only = fields.Boolean(
        "Filed Customers only",
        compute="_compute_filed_only",
        store=True,
        readonly=False,
        help="Only customers whose file was verified and filed. Who brought a car to "
        "the workshop is called in any case.",
    )
    channel = fields.Selection(
        selection="_selection_channel", required=True, default="phone"
    )
    survey_id = fields.Many2one("survey.survey", "Questionnaire")
    script = fields.Html(translate=True, help="What to say; shown on the call card.")
    callback_ids = fields.One2many("dealer.callback", "policy_id", "Callbacks")
    callback_count = fields.Integer(compute="_compute_callback_count")
    last_run = fields.Datetime(readonly=True, copy=False)
    last_error = fields.Char(readonly=True, copy=False)

    _days_check = models.Constraint(
        "CHECK (window_days >= 0 AND ahead_days >= 0 AND max_attempts > 0)",
        "Window, days ahead and attempts cannot be negative.",
    )

    def _selection_purpose(self):
        return (
            self.env["dealer.contact"]
            ._fields["purpose"]
            ._description_selection(self.env)
        )

    def _selection_channel(self):
        return (
            self.env["dealer.contact"]
            ._fields["channel"]
            ._description_selection(self.env)
        )

    @api.model
    def _get_source_paths(self):
        """Models that callbacks are made from; addons and other files add theirs.

        :return: dict model → (who is called, which car): names of stored fields,
            separated by commas, the first filled one wins
        """
        return {
            "repair.order": ("bringer_id,partner_id", "vehicle_id"),
            "dealer.vehicle.party": ("partner_id", "vehicle_id"),
            "dealer.complaint": ("partner_id", "vehicle_id"),
            "dealer.callback": ("partner_id", "vehicle_id"),
            "sale.order": ("partner_id", ""),
            "fleet.vehicle": ("owner_id", "id"),
            "res.partner": ("id", ""),
        }

    @api.depends("model_id")
    def _compute_paths(self):
        paths = self._get_source_paths()
        for policy in self:
            partner, vehicle = paths.get(policy.model, ("partner_id", ""))
            policy.partner_path = partner
            policy.vehicle_path = vehicle

    @api.depends("purpose")
    def _compute_filed_only(self):
        """Care and reminders go to checked data by default, duties to everybody."""
        for policy in self:
            policy.filed_only = policy.purpose in ("reminder", "care")

    @api.depends("callback_ids")
    def _compute_callback_count(self):
        fill_counter(self, "callback_count", "dealer.callback", "policy_id")

    @api.constrains("date_field_id", "model_id", "cycle")
    def _check_date_field(self):
        for policy in self:
            field = policy.date_field_id
            if not field and policy._is_dated_elsewhere():
                continue
            if field.model_id != policy.model_id or not (
                field.store and field.ttype in ("date", "datetime")
            ):
                raise ValidationError(
                    self.env._(
                        "Date: %(field)s is no stored date of %(model)s.",
                        field=field.field_description or "–",
                        model=policy.model_id.name,
                    )
                )

    def _is_dated_elsewhere(self):
        """Hook: the day comes from somewhere else than a field of the source."""
        self.ensure_one()
        return False

    @api.constrains("survey_id")
    def _check_survey(self):
        self.sudo().survey_id._check_callback_types()

    @api.constrains("partner_path", "vehicle_path", "model_id")
    def _check_paths(self):
        for policy in self:
            policy._get_path_fields("partner_path", "res.partner")
            policy._get_path_fields("vehicle_path", "fleet.vehicle")

    @api.constrains("domain", "model_id", "segment_id", "filed_only")
    def _check_domain(self):
        for policy in self:
            try:
                self.env[policy.model].search_count(
                    policy._get_source_domain(), limit=1
                )
            except ValidationError:
                raise
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "Conditions of %(policy)s: %(error)s",
                        policy=policy.name,
                        error=error,
                    )
                ) from error

    def _get_path_fields(self, path, comodel):
        """The stored fields of a path like "bringer_id,partner_id".

        :raises ValidationError: naming the field that does not lead to ``comodel``
        """
        self.ensure_one()
        model = self.env[self.model]
        names = [name.strip() for name in (self[path] or "").split(",") if name.strip()]
        for name in names:
            field = model._fields.get(name)
            own = name == "id" and model._name == comodel
            if not own and not (
                field and field.store and field.comodel_name == comodel
            ):
                raise ValidationError(
                    self.env._(
                        "%(path)s: %(field)s of %(model)s does not lead there.",
                        path=self._fields[path]._description_string(self.env),
                        field=name,
                        model=self.model_id.name,
                    )
                )
        return names

    def _get_source_domain(self):
        """Conditions plus segment on the source model, and whom the policy calls."""
        self.ensure_one()
        return self._get_matching_domain() & self._get_called_domain()

    def _get_matching_domain(self):
        """The records the policy is about: its conditions and its segment.

        Hook: some sources add what makes a call about them needless.
        """
        self.ensure_one()
        domain = Domain(literal_eval(self.domain or "[]"))
        segment = self.segment_id
        if not segment:
            return domain
        path = "partner_path" if segment.model == "res.partner" else "vehicle_path"
        names = self._get_path_fields(path, segment.model)
        if not names:
            raise ValidationError(
                self.env._(
                    "Segment: %(policy)s has no field that leads to its members.",
                    policy=self.name,
                )
            )
        members = segment._get_domain()
        if names == ["id"]:
            return domain & members
        return domain & Domain.OR([Domain(name, "any", members) for name in names])

    def _get_called_domain(self):
        """What the policy asks of the person called: the first filled path field."""
        if not self.filed_only:
            return Domain.TRUE
        filed = self.env["res.partner"]._get_filed_domain()
        domain, empty = Domain.FALSE, Domain.TRUE
        for name in self._get_path_fields("partner_path", "res.partner"):
            own = filed if name == "id" else Domain(name, "any", filed)
            domain |= empty & own
            empty &= Domain(name, "=", False)
        return domain

    def action_view_callbacks(self):
        """The callbacks this policy made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        action["domain"] = [("policy_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_run_now(self):
        """Make what is due without waiting for the night; tell how many."""
        self.check_access("write")
        made = 0
        for policy in self.sudo():
            for company in policy._get_companies():
                made += policy._make_all_callbacks(company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if made else "info",
                "message": self.env._("%(count)s callbacks made.", count=made),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
