# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .dealer_value_log import LOYALTY_BANDS, VALUE_CLASSES

#: what a plan asks of a customer; empty asks nothing
CRITERIA = ("customer_class", "value_class", "loyalty_band")


class DealerCarePlan(models.Model):
    """How a class of customers is served: options, calls and how often we try.

    Plans are read from the top: the first whose criteria a customer meets is his, so
    that a change of class changes the plan at the same moment (LOY-01, LOY-09). What is
    named in any plan belongs to the plans: a service option or a policy of calls named
    there is for the customers of these plans only; all others are for everybody as
    before.
    """

    _name = "dealer.care.plan"
    _description = "Care Plan"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )
    customer_class = fields.Selection(
        selection=lambda self: self.env["res.partner"]
        ._fields["customer_class"]
        ._description_selection(self.env),
    )
    value_class = fields.Selection(VALUE_CLASSES)
    loyalty_band = fields.Selection(LOYALTY_BANDS)
    option_ids = fields.Many2many(
        "dealer.service.option",
        string="Service Options",
        help="Offered to these customers; an option named in no plan goes by its own "
        "class.",
    )
    line_ids = fields.One2many("dealer.care.plan.line", "plan_id", "Calls", copy=True)
    action_text = fields.Text(
        "What we do",
        translate=True,
        help="Measures for these customers, shown at the desk and on calls.",
    )
    member_count = fields.Integer("Customers", compute="_compute_member_count")

    def _compute_member_count(self):
        partners = self.env["res.partner"]
        for plan in self:
            plan.member_count = partners.search_count(plan._get_member_domain())

    def _get_member_domain(self):
        """The customer files whose plan this is."""
        return Domain("file_state", "!=", False) & self._get_partner_domain()

    def _get_criteria(self):
        self.ensure_one()
        domain = Domain.AND(
            Domain(name, "=", self[name]) for name in CRITERIA if self[name]
        )
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return domain

    def _get_partner_domain(self):
        """Who meets the criteria of this plan and of none above it."""
        self.ensure_one()
        domain = self._get_criteria()
        for plan in self.sudo().search(Domain.TRUE):
            if plan == self:
                break
            domain &= ~plan._get_criteria()
        return domain

    @api.model
    def _find_plans(self, partners):
        """The plan of each customer, without a query per customer.

        :return: dict partner → plan, empty where none fits
        """
        found = dict.fromkeys(partners, self.sudo().browse())
        left = partners.sudo()
        for plan in self.sudo().search(Domain.TRUE):
            mine = left.filtered_domain(plan._get_criteria())
            found.update(dict.fromkeys(mine.with_env(partners.env), plan))
            left -= mine
        return found

    def action_view_members(self):
        """The customers of this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.res_partner_action_dealer"
        )
        action["domain"] = list(self._get_member_domain())
        action["display_name"] = self.name
        return action


class DealerCarePlanLine(models.Model):
    """A policy of calls within a plan: how often it is tried, what is asked."""

    _name = "dealer.care.plan.line"
    _description = "Calls of a Care Plan"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "dealer.care.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    policy_id = fields.Many2one(
        "dealer.callback.policy", required=True, ondelete="cascade"
    )
    max_attempts = fields.Integer("Attempts", help="0: as many as the policy says.")
    survey_id = fields.Many2one(
        "survey.survey", "Questionnaire", help="Empty: the policy's own."
    )
    company_id = fields.Many2one(related="plan_id.company_id")

    _policy_uniq = models.UniqueIndex(
        "(plan_id, policy_id)", "A policy stands once in a plan."
    )
    _attempts_check = models.Constraint(
        "CHECK (max_attempts >= 0)", "Attempts cannot be negative."
    )

    @api.constrains("survey_id")
    def _check_survey(self):
        self.sudo().survey_id._check_callback_types()


class ResPartner(models.Model):
    """The care plan of a customer: follows from his classes, never stored."""

    _inherit = "res.partner"

    care_plan_id = fields.Many2one(
        "dealer.care.plan",
        compute="_compute_care_plan_id",
        search="_search_care_plan_id",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends(*CRITERIA, "company_id")
    def _compute_care_plan_id(self):
        plans = self.env["dealer.care.plan"]._find_plans(self)
        for partner in self:
            is_file = partner.sudo().file_state
            partner.care_plan_id = plans[partner] if is_file else False

    @api.model
    def _search_care_plan_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        plans = self.env["dealer.care.plan"].browse([n for n in value if n])
        members = Domain.OR(plan._get_member_domain() for plan in plans.exists())
        if False in value:
            every = self.env["dealer.care.plan"].search(Domain.TRUE)
            members |= ~Domain.OR(plan._get_member_domain() for plan in every)
        return members

    def _get_desk_now(self, vehicle=None):
        """What the plan says is done for these customers."""
        lines = super()._get_desk_now(vehicle)
        plans = self.env["dealer.care.plan"]._find_plans(self.filtered("file_state"))
        shown = plans and self.env["dealer.care.plan"].union(*plans.values())
        return lines + [
            self._line("info", "fa-heart-o", plan.action_text)
            for plan in shown or ()
            if plan.action_text
        ]
