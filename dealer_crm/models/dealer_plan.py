# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date
from odoo.tools.date_utils import end_of, start_of

PERIODS = [("day", "Day"), ("week", "Week"), ("month", "Month")]
#: Figures that a consultant is given targets for, in the order of the paper.
PLANNED_MEASURES = ("visit", "contact", "filed", "test_drive", "order", "delivery")


class DealerPlan(models.Model):
    """Targets of one consultant for a day, week or month (日/周/月计划).

    A month's target is split over the working days of the branch where no day or
    week has a target of its own.
    """

    _name = "dealer.plan"
    _description = "Sales Plan"
    _order = "date_from desc, period, user_id, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Sales Consultant", required=True)
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        default=lambda self: self.env.company,
    )
    period = fields.Selection(PERIODS, required=True, default="month")
    date_from = fields.Date(
        "First Day",
        required=True,
        default=lambda self: start_of(self.env.company._get_dealer_today(), "month"),
        help="Any day of the week or month: the plan begins on its first one.",
    )
    date_to = fields.Date(
        "Last Day", compute="_compute_date_to", store=True, precompute=True
    )
    line_ids = fields.One2many(
        "dealer.plan.line",
        "plan_id",
        "Targets",
        copy=True,
        default=lambda self: self._get_default_lines(),
    )
    note = fields.Text()

    _period_uniq = models.UniqueIndex(
        "(user_id, period, date_from, company_id)",
        "This person has a plan for the period already.",
    )
    _branch_idx = models.Index("(company_id, date_from, date_to)")

    @api.model
    def _get_default_lines(self):
        return [
            fields.Command.create({"measure": key, "sequence": number})
            for number, key in enumerate(PLANNED_MEASURES)
        ]

    @api.depends("period", "date_from")
    def _compute_date_to(self):
        for plan in self:
            if plan.date_from and plan.period:
                plan.date_to = end_of(plan.date_from, plan.period)

    @api.depends("user_id", "period", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            name = plan.user_id.name or ""
            plan.display_name = f"{name} {plan._get_period_text()}".strip()

    def _get_period_text(self):
        """The period as people write it: 2026-11, or its first and last day."""
        self.ensure_one()
        if not self.date_from or not self.period:
            return ""
        if self.period == "month":
            return format_date(self.env, self.date_from, date_format="yyyy-MM")
        day = format_date(self.env, self.date_from)
        if self.period == "day" or not self.date_to:
            return day
        return f"{day} – {format_date(self.env, self.date_to)}"

    @api.constrains("user_id", "company_id")
    def _check_branch(self):
        """:raises ValidationError: at a branch where the person does not work"""
        for plan in self:
            if plan.company_id not in plan.user_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work at %(branch)s.",
                        user=plan.user_id.sudo().name,
                        branch=plan.company_id.sudo().name,
                    )
                )

    @api.onchange("period", "date_from")
    def _onchange_period(self):
        if self.period and self.date_from:
            self.date_from = start_of(self.date_from, self.period)

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._begin_on_first_day()
        return plans

    def write(self, vals):
        result = super().write(vals)
        if {"period", "date_from"} & vals.keys():
            self._begin_on_first_day()
        return result

    def _begin_on_first_day(self):
        for plan in self:
            first = start_of(plan.date_from, plan.period)
            if plan.date_from != first:
                plan.date_from = first

    @api.model
    def action_copy_last_month(self):
        """Last month's targets for this month, for whoever has none yet.

        :raises UserError: last month had no plans, or all have one already
        """
        company = self.env.company
        first = start_of(company._get_dealer_today(), "month")
        last = start_of(first - timedelta(days=1), "month")
        plans = self.search(
            [
                ("company_id", "=", company.id),
                ("period", "=", "month"),
                ("date_from", "in", [first, last]),
            ]
        )
        planned = plans.filtered(lambda p: p.date_from == first).user_id
        old = plans.filtered(
            lambda p: p.date_from == last and p.user_id.active
        ).filtered(lambda p: p.user_id not in planned)
        if not old:
            raise UserError(
                self.env._("There is no plan of last month that is missing this month.")
            )
        new = self.browse().union(*(p.copy({"date_from": first}) for p in old))
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_crm.dealer_plan_action"
            ),
            "domain": [("id", "in", new.ids)],
            "context": {},
        }
