# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

CONSULTANT = "dealer_crm.group_sales_consultant"
ALL_LEADS = "sales_team.group_sale_salesman_all_leads"


class DealerGradeProgress(models.TransientModel):
    """Which progress table to look at: month and consultants."""

    _name = "dealer.grade.progress"
    _description = "Progress Table"

    month = fields.Date(
        required=True, default=lambda self: self.env.company._get_dealer_today()
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Sales Consultants",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref(CONSULTANT).ids),
            ("share", "=", False),
        ],
        default=lambda self: self._default_user_ids(),
        help="Nobody chosen: all of this branch who have leads.",
    )
    is_own_only = fields.Boolean(compute="_compute_is_own_only")
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.model
    def _default_user_ids(self):
        if self.env.user.has_group(ALL_LEADS):
            return False
        return self.env.user

    @api.depends_context("uid")
    def _compute_is_own_only(self):
        self.is_own_only = not self.env.user.has_group(ALL_LEADS)

    @api.depends("month", "user_ids")
    def _compute_body(self):
        for wizard in self:
            wizard.body = wizard.month and self.env["ir.qweb"]._render(
                "dealer_crm.grade_progress_body",
                {"users": wizard._get_users(), "month": wizard.month},
            )

    def _get_users(self):
        """The consultants whose tables are shown: of all, those who have leads."""
        self.ensure_one()
        users = self.user_ids._origin
        if users:
            return users
        company = self.env.company
        start = company._get_dealer_day_start(self.month.replace(day=1))
        end = company._get_dealer_day_start(
            self.month.replace(day=1) + relativedelta(months=1)
        )
        leads = self.env["crm.lead"].with_context(active_test=False)
        rows = leads._read_group(
            [
                ("company_id", "in", (company.id, False)),
                ("grade_log_ids", "any", [("date", "<", end)]),
                "|",
                ("date_closed", "=", False),
                ("date_closed", ">=", start),
            ],
            ["user_id"],
        )
        return self.env["res.users"].union(*(row[0] for row in rows)).sorted("name")

    def _get_title(self):
        """Month and consultants, for the file name."""
        self.ensure_one()
        names = ", ".join(self.user_ids[:3].mapped("name"))
        return " ".join(
            filter(
                None,
                (self.env._("Progress Table"), f"{self.month:%Y-%m}", names),
            )
        )

    def action_print(self):
        """The same table on paper."""
        return self.env.ref("dealer_crm.action_report_grade_progress").report_action(
            self, config=False
        )
