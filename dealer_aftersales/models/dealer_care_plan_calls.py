# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# Untouched calls of a policy whose plans the customer has left: the cycle becomes free,
# so that the call may come back with the plan.
CANCEL = """
    UPDATE dealer_callback
       SET state = 'cancelled', cycle_key = 'undone ' || id, event_key = NULL,
           write_date = %(now)s
     WHERE policy_id = %(policy)s AND state = 'planned' AND attempt_count = 0
       AND partner_id NOT IN %(members)s
 RETURNING id
"""
MARK = """
    UPDATE dealer_callback
       SET care_line_id = %(line)s
     WHERE policy_id = %(policy)s AND state = 'planned' AND attempt_count = 0
       AND care_line_id IS DISTINCT FROM %(line)s AND %(scope)s
       AND partner_id IN %(members)s
"""


class DealerCallbackPolicy(models.Model):
    """A policy named in care plans calls the customers of these plans only."""

    _inherit = "dealer.callback.policy"

    care_line_ids = fields.One2many(
        "dealer.care.plan.line", "policy_id", "In Care Plans"
    )

    def _get_care_lines(self):
        """The lines of active plans that name these policies."""
        lines = self.env["dealer.care.plan.line"].sudo()
        return lines.search(
            [("policy_id", "in", self.ids), ("plan_id.active", "=", True)]
        )

    def _get_called_domain(self):
        domain = super()._get_called_domain()
        lines = self._get_care_lines()
        if not lines:
            return domain
        return domain & self._lift_to_source(
            Domain.OR(plan._get_partner_domain() for plan in lines.plan_id)
        )

    def _lift_to_source(self, members):
        """Conditions on the person called as conditions on the source: the first
        filled field of the path leads to the person.
        """
        domain, empty = Domain.FALSE, Domain.TRUE
        for name in self._get_path_fields("partner_path", "res.partner"):
            own = members if name == "id" else Domain(name, "any", members)
            domain |= empty & own
            empty &= Domain(name, "=", False)
        return domain

    def _cron_make_callbacks(self):
        """First the plans of those whose class changed, then what is due by them."""
        self.env["dealer.callback"].sudo()._switch_care_plans()
        return super()._cron_make_callbacks()


class DealerCallback(models.Model):
    """The plan by which a call is made: how often it is tried, what is asked."""

    _inherit = "dealer.callback"

    care_line_id = fields.Many2one(
        "dealer.care.plan.line",
        "By Care Plan",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    care_plan_id = fields.Many2one(related="care_line_id.plan_id", string="Care Plan")
    survey_id = fields.Many2one(
        "survey.survey", related=None, compute="_compute_survey_id"
    )

    @api.depends("policy_id.survey_id", "care_line_id.survey_id")
    def _compute_survey_id(self):
        for callback in self:
            own = callback.sudo().care_line_id.survey_id
            callback.survey_id = own or callback.sudo().policy_id.survey_id

    def _after_make(self, policy, company):
        """Write down by which line of a plan these calls are made."""
        result = super()._after_make(policy, company)
        scope = SQL("id = ANY(%s)", list(self.ids))
        self._mark_by_lines(policy._get_care_lines(), scope)
        return result

    @api.model
    def _mark_by_lines(self, lines, scope):
        self.flush_model()
        for line in lines:
            self.env.cr.execute(
                SQL(
                    MARK,
                    line=line.id,
                    policy=line.policy_id.id,
                    scope=scope,
                    members=self._get_plan_members(line.plan_id),
                )
            )
        if lines:
            self.invalidate_model(["care_line_id"], flush=False)

    @api.model
    def _get_plan_members(self, plans):
        """The customers of these plans as a sub-query."""
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        domain = Domain.OR(plan._get_partner_domain() for plan in plans)
        return partners._search(domain).subselect()

    @api.model
    def _switch_care_plans(self):
        """A changed class changes the plan: calls of the old one are taken back.

        Only calls that nobody has tried yet, set-based and safe to repeat; the calls of
        the new plan are made by the nightly job.

        :return: how many calls were cancelled
        """
        lines = self.env["dealer.callback.policy"].search(Domain.TRUE)._get_care_lines()
        self.env.flush_all()
        cancelled = 0
        for policy, own in lines.grouped("policy_id").items():
            query = SQL(
                CANCEL,
                policy=policy.id,
                now=fields.Datetime.now(),
                members=self._get_plan_members(own.plan_id),
            )
            cancelled += len(self.env.execute_query(query))
        self._mark_by_lines(lines, SQL("TRUE"))
        self.invalidate_model(flush=False)
        return cancelled

    def _get_max_attempts(self):
        """The plan's number of attempts takes the place of the policy's."""
        own = self.sudo().care_line_id.max_attempts
        return own or super()._get_max_attempts()

    def _get_questions(self):
        """A plan's own questionnaire, until a sheet was begun: that one stays."""
        survey = self.sudo().care_line_id.survey_id
        if survey and not self.sudo().user_input_id:
            return survey.question_ids
        return super()._get_questions()

    def _get_user_input(self):
        """A plan's own questionnaire opens its own answer sheet."""
        survey = self.sudo().care_line_id.survey_id
        if survey and not self.user_input_id:
            self.sudo().user_input_id = survey._create_answer(
                partner=self.sudo().partner_id, check_attempts=False
            )
        return super()._get_user_input()
