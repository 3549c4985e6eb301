# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

MANAGER = "dealer_crm.group_sales_manager"
#: What a person may write; all else is the job's.
PERSON_FIELDS = frozenset({"findings"})


class DealerGradeReview(models.Model):
    """The monthly count of a consultant's card drawers, confirmed by two people.

    Counted when the month ends; the numbers stay as they were counted (seed 004:
    清点/查核).
    """

    _name = "dealer.grade.review"
    _description = "Monthly Drawer Check"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "month desc, company_id, user_id"

    user_id = fields.Many2one(
        "res.users", "Sales Consultant", required=True, readonly=True, index=True
    )
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, readonly=True, index=True
    )
    counted_on = fields.Datetime(readonly=True, required=True)
    line_ids = fields.One2many(
        "dealer.grade.review.line", "review_id", "Drawers", readonly=True
    )
    total = fields.Integer("Leads", compute="_compute_total")
    findings = fields.Text(help="What the check of the drawers showed.")
    consultant_confirmed_on = fields.Datetime("Counted by Consultant", readonly=True)
    manager_confirmed_on = fields.Datetime("Checked by Manager", readonly=True)
    manager_id = fields.Many2one("res.users", "Checked by", readonly=True)
    state = fields.Selection(
        [
            ("open", "To be counted"),
            ("counted", "Counted by Consultant"),
            ("checked", "Checked by Manager"),
            ("done", "Confirmed"),
        ],
        compute="_compute_state",
        store=True,
    )
    reminded_on = fields.Date(readonly=True)
    can_confirm = fields.Boolean(compute="_compute_can_confirm")

    _month_uniq = models.UniqueIndex(
        "(user_id, month, company_id)",
        "There is one check of the drawers per consultant and month.",
    )

    @api.depends("user_id", "month")
    def _compute_display_name(self):
        for review in self:
            month = format_date(self.env, review.month, date_format="yyyy-MM")
            name = review.user_id.sudo().name or ""
            review.display_name = f"{name} · {month}"

    @api.depends("line_ids.lead_count")
    def _compute_total(self):
        for review in self:
            review.total = sum(review.line_ids.mapped("lead_count"))

    @api.depends("consultant_confirmed_on", "manager_confirmed_on")
    def _compute_state(self):
        states = {(0, 0): "open", (1, 0): "counted", (0, 1): "checked", (1, 1): "done"}
        for review in self:
            review.state = states[
                int(bool(review.consultant_confirmed_on)),
                int(bool(review.manager_confirmed_on)),
            ]

    @api.depends("consultant_confirmed_on", "manager_confirmed_on")
    @api.depends_context("uid")
    def _compute_can_confirm(self):
        for review in self:
            review.can_confirm = bool(review._get_own_mark())

    def _get_own_mark(self):
        """The field that the user's confirmation fills; None where it is not asked."""
        self.ensure_one()
        user = self.env.user
        if self.user_id == user:
            return (
                "consultant_confirmed_on" if not self.consultant_confirmed_on else None
            )
        if user.has_group(MANAGER) and not self.manager_confirmed_on:
            return "manager_confirmed_on"
        return None

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Monthly Drawer Check: it is counted when the month ends.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_person_values(vals)
        return super().write(vals)

    def _check_person_values(self, vals):
        """:raises AccessError: counts and confirmations are not typed"""
        frozen = {name for name in vals.keys() - PERSON_FIELDS if name in self._fields}
        frozen -= {n for n in frozen if n.startswith(("activity_", "my_activity"))}
        if frozen:
            label = self._fields[min(frozen)]._description_string(self.env)
            raise AccessError(
                self.env._("%(field)s: it stays as it was counted.", field=label)
            )
        if any(review.state == "done" for review in self):
            raise UserError(
                self.env._("Findings: both have confirmed, the check is closed.")
            )

    def action_confirm(self):
        """Consultant and manager each confirm once; nobody confirms both.

        :raises AccessError: somebody else
        """
        for review in self:
            review.check_access("write")
            mark = review._get_own_mark()
            if not mark:
                raise AccessError(
                    self.env._(
                        "%(review)s: the consultant and a manager confirm, each once.",
                        review=review.display_name,
                    )
                )
            values = {mark: fields.Datetime.now()}
            if mark == "manager_confirmed_on":
                values["manager_id"] = self.env.uid
            review.sudo().write(values)
            review.sudo()._end_reminder()
        return True

    def action_view_leads(self):
        """The drawers of this consultant as they are now."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.crm_lead_action_drawers"
        )
        action["domain"] = self._get_lead_domain(self.user_id, self.company_id)
        return action

    @api.model
    def _get_lead_domain(self, user, company):
        return [
            ("type", "=", "opportunity"),
            ("won_status", "=", "pending"),
            ("user_id", "=", user.id),
            ("company_id", "in", (company.id, False)),
        ]


class DealerGradeReviewLine(models.Model):
    """One drawer as it was counted, and as it is now."""

    _name = "dealer.grade.review.line"
    _description = "Counted Drawer"
    _order = "review_id, sequence, id"

    review_id = fields.Many2one(
        "dealer.grade.review", required=True, index=True, ondelete="cascade"
    )
    grade_id = fields.Many2one("dealer.grade", readonly=True, ondelete="restrict")
    sequence = fields.Integer(readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    overdue_count = fields.Integer("Contact overdue", readonly=True)
    lapsed_count = fields.Integer("Window passed", readonly=True)
    lead_count_now = fields.Integer("Leads now", compute="_compute_lead_count_now")

    @api.depends("grade_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.grade_id.code or self.env._("No grade")

    @api.depends("review_id")
    def _compute_lead_count_now(self):
        reviews = self.review_id
        rows = self.env["crm.lead"]._read_group(
            [
                ("type", "=", "opportunity"),
                ("won_status", "=", "pending"),
                ("user_id", "in", reviews.user_id.ids),
            ],
            ["user_id", "company_id", "grade_id"],
            ["__count"],
        )
        counts = {(u.id, c.id, g.id): count for u, c, g, count in rows}
        for line in self:
            review, grade = line.review_id, line.grade_id.id
            line.lead_count_now = sum(
                counts.get((review.user_id.id, company, grade), 0)
                for company in (review.company_id.id, False)
            )
