# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

#: What the general plan says; it does not change while somebody decides on it.
PLAN_FIELDS = frozenset(
    "goal_leads goal_visits goal_orders goal_revenue market_analysis strategy"
    " creative date_begin date_end".split()
)
RESULT_FIELDS = frozenset({"margin_entered", "lessons", "improvement"})
TEAM_FIELDS = frozenset({"member_ids", "lead_channel_ids", "monitoring"})
#: Moved by the buttons only.
SYSTEM_FIELDS = frozenset({"dealer_state", "date_evaluated"})
LOCKED_STATES = ("submitted", "approved")


class UtmCampaign(models.Model):
    """A marketing campaign: planned, approved, carried out, evaluated (MKT-01 … 03).

    Core's campaign is what leads, orders and messages name; the plan stands on the
    same record, so that every figure follows from what they name.
    """

    _name = "utm.campaign"
    _inherit = ["utm.campaign", "dealer.approval.mixin", "dealer.copy.mixin"]

    dealer_state = fields.Selection(
        [
            ("draft", "Planned"),
            ("approved", "Approved"),
            ("running", "Running"),
            ("evaluated", "Evaluated"),
        ],
        "Campaign Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    date_begin = fields.Date("Begins on")
    date_end = fields.Date("Ends on")
    goal_leads = fields.Integer("Goal: Leads")
    goal_visits = fields.Integer("Goal: Visits")
    goal_orders = fields.Integer("Goal: Orders")
    goal_revenue = fields.Monetary("Goal: Revenue")
    market_analysis = fields.Text(
        help="Market, customers aimed at, competitors: why now and why these."
    )
    strategy = fields.Text(help="What is offered to whom, over which channels.")
    creative = fields.Text("Creative Idea", help="Theme, slogan, look, what happens.")
    monitoring = fields.Text(
        "Monitoring and Adjustment", help="What was seen on the way and changed."
    )
    member_ids = fields.Many2many(
        "res.users", "utm_campaign_member_rel", string="Team", copy=False
    )
    lead_channel_ids = fields.Many2many(
        "dealer.lead.channel", string="Campaign Channels"
    )
    budget_ids = fields.One2many(
        "dealer.campaign.budget",
        "campaign_id",
        copy=False,  # see copy_data
        groups="dealer_crm.group_sales_manager",
    )
    task_ids = fields.One2many(
        "dealer.campaign.task", "campaign_id", "Tasks", copy=False
    )
    margin_entered = fields.Monetary(
        "Margin entered",
        copy=False,
        help="Gross margin of the campaign's orders, from accounting. Used where the "
        "orders themselves do not know their margin.",
    )
    lessons = fields.Text("Lessons learned", copy=False)
    improvement = fields.Text("What we improve", copy=False)
    date_evaluated = fields.Date("Evaluated on", readonly=True, copy=False)
    is_plan_locked = fields.Boolean(compute="_compute_is_plan_locked")
    missing_parts = fields.Char("Still missing", compute="_compute_missing_parts")
    can_manage = fields.Boolean(compute="_compute_can_manage")

    _dates_check = models.Constraint(
        "CHECK (date_end >= date_begin)", "Ends on: the end lies before the beginning."
    )
    _goals_check = models.Constraint(
        "CHECK (COALESCE(goal_leads, 0) >= 0 AND COALESCE(goal_visits, 0) >= 0"
        " AND COALESCE(goal_orders, 0) >= 0 AND COALESCE(goal_revenue, 0) >= 0)",
        "Goals: a goal cannot be negative.",
    )

    @api.depends("approval_state", "dealer_state")
    def _compute_is_plan_locked(self):
        for campaign in self:
            campaign.is_plan_locked = campaign.approval_state in LOCKED_STATES

    @api.depends(
        "goal_leads",
        "goal_visits",
        "goal_orders",
        "goal_revenue",
        "market_analysis",
        "strategy",
        "creative",
        "budget_ids.amount_planned",
    )
    @api.depends_context("lang")
    def _compute_missing_parts(self):
        for campaign in self:
            campaign.missing_parts = ", ".join(campaign._get_missing_parts())

    @api.depends_context("uid")
    def _compute_can_manage(self):
        self.can_manage = self._may_manage_campaigns()

    def _get_missing_parts(self):
        """Names of the five parts of a plan that are not there yet (MKT-01)."""
        self.ensure_one()
        goals = self.goal_leads, self.goal_visits, self.goal_orders, self.goal_revenue
        texts = {
            "market_analysis": self.env._("Market Analysis"),
            "strategy": self.env._("Strategy"),
            "creative": self.env._("Creative Idea"),
        }
        missing = [] if any(goals) else [self.env._("Goal")]
        missing += [texts[name] for name in texts if not (self[name] or "").strip()]
        if not sum(self.sudo().budget_ids.mapped("amount_planned")):
            missing.append(self.env._("Budget"))
        return missing

    @api.model
    def _get_campaign_groups(self):
        """XML ids of groups that plan and evaluate campaigns; others only read."""
        return ["dealer_crm.group_sales_manager"]

    @api.model
    def _may_manage_campaigns(self):
        return self.env.su or any(
            map(self.env.user.has_group, self._get_campaign_groups())
        )

    def copy_data(self, default=None):
        """Next year's campaign starts with this year's budget and tasks.

        Only for who plans campaigns: core's users copy theirs without them.
        """
        vals_list = super().copy_data(default=default)
        if self._may_manage_campaigns():
            for campaign, vals in zip(self.sudo(), vals_list, strict=True):
                for name in ("budget_ids", "task_ids"):
                    lines = campaign[name].copy_data()
                    vals.setdefault(name, [Command.create(line) for line in lines])
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        managed = PLAN_FIELDS | RESULT_FIELDS | SYSTEM_FIELDS
        if any(vals.get(name) for vals in vals_list for name in managed):
            self._check_managed()
        # given explicitly, so that neither a client nor his context starts anything
        start = {"dealer_state": "draft", "date_evaluated": False}
        return super().create([{**vals, **start} for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            self._check_campaign_write(vals)
        return super().write(vals)

    def _check_campaign_write(self, vals):
        """:raises AccessError: a plan by somebody who plans none, a state by hand"""
        if SYSTEM_FIELDS & vals.keys():
            raise AccessError(
                self.env._("Campaign Status: a campaign moves by its buttons only.")
            )
        ours = PLAN_FIELDS | RESULT_FIELDS | TEAM_FIELDS
        is_staff = self.env.user.has_group("dealer_crm.group_dealer_user")
        if is_staff or ours & vals.keys():
            self._check_managed()
        if PLAN_FIELDS & vals.keys():
            self._check_plan_open()

    def _check_plan_open(self):
        """:raises UserError: the plan is being decided on, or was approved"""
        for campaign in self.sudo():
            if campaign.approval_state in LOCKED_STATES and not self.env.su:
                raise UserError(
                    self.env._(
                        "The plan of %(campaign)s is approved or waits for approval: "
                        "take it back before you change it.",
                        campaign=campaign.title,
                    )
                )

    def get_formview_id(self, access_uid=None):
        """Staff of the dealership sees the plan, whatever link it follows."""
        if self.env.user.has_group("dealer_crm.group_dealer_user"):
            return self.env.ref("dealer_crm.utm_campaign_view_form_dealer").id
        return super().get_formview_id(access_uid=access_uid)

    def action_submit(self, reason=None):
        """Ask for the yes to the plan.

        :raises UserError: naming the parts of the plan that are missing
        """
        self._check_managed()
        for campaign in self:
            campaign._check_parts()
            if campaign.approval_state == "approved":
                raise UserError(self.env._("This plan is approved already."))
        return super().action_submit(reason)

    def _check_managed(self):
        if not self._may_manage_campaigns():
            raise AccessError(
                self.env._("Campaigns are planned by the managers: you may read them.")
            )

    def _check_parts(self):
        missing = self._get_missing_parts()
        if missing:
            raise UserError(
                self.env._(
                    "%(campaign)s is not planned completely: %(parts)s missing.",
                    campaign=self.title,
                    parts=", ".join(missing),
                )
            )

    def _check_approval_limit(self):
        self._check_parts()
        return super()._check_approval_limit()

    def _on_approved(self):
        result = super()._on_approved()
        self.sudo().dealer_state = "approved"
        return result

    def action_reset_plan(self):
        """Open the plan again: what was approved has to be approved anew.

        :raises UserError: after the evaluation
        """
        self._check_managed()
        for campaign in self:
            if campaign.dealer_state == "evaluated":
                raise UserError(
                    self.env._("This campaign is evaluated: reopen it first.")
                )
            campaign._set_approval("draft", self.env._("Plan changed"))
            campaign.sudo().dealer_state = "draft"
        return True

    def action_start(self):
        """The campaign runs. :raises UserError: before the plan is approved"""
        return self._move_campaign(
            ("approved",), "running", self.env._("Only an approved campaign starts.")
        )

    def action_evaluate(self):
        """Close the campaign with its lessons.

        :raises UserError: before it ran, or without lessons and improvement
        """
        for campaign in self:
            if not (campaign.lessons and campaign.improvement):
                raise UserError(
                    self.env._(
                        "Lessons learned, What we improve: write down both, then the "
                        "campaign is evaluated."
                    )
                )
        self._move_campaign(
            ("running",),
            "evaluated",
            self.env._("Only a running campaign is evaluated."),
        )
        for campaign in self.sudo():
            company = campaign.company_id or self.env.company
            campaign.date_evaluated = company._get_dealer_today()
        return True

    def action_reopen(self):
        """The evaluation was too early: the campaign runs again."""
        self._move_campaign(
            ("evaluated",), "running", self.env._("Only an evaluated campaign reopens.")
        )
        self.sudo().date_evaluated = False
        return True

    def _move_campaign(self, sources, target, refusal):
        self._check_managed()
        if any(campaign.dealer_state not in sources for campaign in self):
            raise UserError(refusal)
        self.sudo().dealer_state = target
        return True

    @api.model
    def _get_running_domain(self, day):
        """Campaigns that run on ``day``."""
        return (
            Domain("dealer_state", "=", "running")
            & (Domain("date_begin", "=", False) | Domain("date_begin", "<=", day))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))
        )
