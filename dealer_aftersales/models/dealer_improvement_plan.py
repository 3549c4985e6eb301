# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerImprovementPlan(models.Model):
    """A goal for satisfaction with the measures that lead to it (seed 003, 5.3.2)."""

    _name = "dealer.improvement.plan"
    _description = "Improvement Plan"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"

    name = fields.Char("Improvement Plan", required=True, tracking=True)
    goal = fields.Text(help="What should be better at the end, and why.")
    date_from = fields.Date(
        "Begins on",
        required=True,
        default=lambda self: self.env.company._get_dealer_today(),
    )
    date_to = fields.Date("Ends on", required=True, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        "Led by",
        required=True,
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
    )
    question_id = fields.Many2one(
        "survey.question",
        "Question to improve",
        domain=[("callback_measure", "!=", False)],
        ondelete="restrict",
    )
    target = fields.Float("Target Score", help="Mean answer aimed at; 0: no target.")
    score = fields.Float(
        "Score in the Period",
        compute="_compute_score",
        help="Mean answer of the branch's callbacks between the two days, so far.",
    )
    measure_ids = fields.One2many(
        "dealer.corrective.action", "plan_id", "Measures", copy=False
    )
    measure_count = fields.Integer("All", compute="_compute_progress")
    done_count = fields.Integer("Done", compute="_compute_progress")
    progress = fields.Float(
        "Progress (%)",
        compute="_compute_progress",
        aggregator=None,
        help="Measures carried out or closed, divided by all that were not cancelled.",
    )
    state = fields.Selection(
        [("running", "In Progress"), ("closed", "Closed")],
        required=True,
        default="running",
        tracking=True,
        copy=False,
        group_expand=True,
    )
    is_late = fields.Boolean(compute="_compute_is_late")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _period_check = models.Constraint(
        "CHECK (date_to >= date_from)", "Ends on: the plan ends before it begins."
    )

    @api.depends("measure_ids.state")
    def _compute_progress(self):
        """Counted with all rights: one figure for everybody who sees the plan."""
        groups = (
            self.env["dealer.corrective.action"]
            .sudo()
            ._read_group(
                [("plan_id", "in", self._origin.ids), ("state", "!=", "cancelled")],
                ["plan_id", "state"],
                ["__count"],
            )
        )
        for plan in self:
            mine = [(s, n) for p, s, n in groups if p.id == plan._origin.id]
            plan.measure_count = sum(number for _state, number in mine)
            plan.done_count = sum(n for state, n in mine if state in ("done", "closed"))
            total = plan.measure_count
            plan.progress = plan.done_count / total * 100 if total else 0

    @api.depends("state", "date_to")
    def _compute_is_late(self):
        for plan in self:
            today = (plan.company_id or self.env.company)._get_dealer_today()
            is_open = plan.state == "running"
            plan.is_late = bool(is_open and plan.date_to and plan.date_to < today)

    @api.depends("question_id", "date_from", "date_to", "company_id")
    def _compute_score(self):
        """One statement for all plans and versions; 0 where nobody answered."""
        plans = self._origin.sudo().filtered("question_id")
        means = {}
        if plans:
            self.env.flush_all()
            self.env.cr.execute(
                """
                SELECT p.id, avg(l.value_scale)
                  FROM dealer_improvement_plan p
                  JOIN dealer_callback c ON c.company_id = p.company_id
                   AND c.date_due BETWEEN p.date_from AND p.date_to
                   AND c.state = 'reached'
                  JOIN survey_user_input_line l ON l.user_input_id = c.user_input_id
                   AND NOT COALESCE(l.skipped, FALSE)
                  JOIN survey_question q ON q.id = l.question_id
                  JOIN survey_question t ON t.id = p.question_id
                   AND COALESCE(t.version_root_id, t.id)
                       = COALESCE(q.version_root_id, q.id)
                 WHERE p.id = ANY(%s)
                 GROUP BY p.id
                """,
                (plans.ids,),
            )
            means = dict(self.env.cr.fetchall())
        for plan in self:
            plan.score = means.get(plan._origin.id, 0)

    @api.constrains("company_id")
    def _check_measures_branch(self):
        for plan in self.sudo():
            if plan.measure_ids.company_id - plan.company_id:
                raise ValidationError(
                    self.env._("Branch: the plan has measures of another branch.")
                )

    def action_close(self):
        """The period is over, or the goal is reached."""
        self.check_access("write")
        self.write({"state": "closed"})
        return True

    def action_reopen(self):
        """Improvement goes on."""
        self.check_access("write")
        self.write({"state": "running"})
        return True

    def action_view_measures(self):
        """The measures of the plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_corrective_action_action"
        )
        action["domain"] = [("plan_id", "=", self.id)]
        action["context"] = {
            "default_plan_id": self.id,
            "default_company_id": self.company_id.id,
        }
        return action
