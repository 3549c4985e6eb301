# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

MANAGER = "dealer_crm.group_sales_manager"
KEY_FIELDS = frozenset({"user_id", "date", "company_id"})
AUTHOR_FIELDS = frozenset(
    {
        "summary",
        "problem",
        "plan_date",
        "line_ids",
        "checked_item_ids",
        "confirm_state",
        "confirm_remark",
    }
)
# the system's own; chatter-like fields of activities are not content
SYSTEM_FIELDS = frozenset({"figures", "reminded_on"})


class DealerDailyReport(models.Model):
    """The sales daily report (销售日报表): one per consultant, day and branch.

    Figures come from the registers and stay live until the consultant submits; then
    they are kept. The manager reads it, instructs the next day, or sends it back.
    """

    _name = "dealer.daily.report"
    _description = "Daily Report"
    _inherit = ["mail.thread", "mail.activity.mixin", "dealer.approval.mixin"]
    _order = "date desc, user_id, id desc"
    _rec_name = "date"

    user_id = fields.Many2one(
        "res.users",
        "Sales Consultant",
        required=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_dealer_today(),
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    approval_state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To be read"),
            ("approved", "Reviewed"),
            ("refused", "Sent back"),
        ],
        "State",
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    is_open = fields.Boolean(
        compute="_compute_is_open", help="Not submitted, or sent back."
    )
    # morning
    brief_id = fields.Many2one(
        "dealer.daily.brief", "Meeting", compute="_compute_morning"
    )
    arrangement = fields.Text("Arrangement of the Day", compute="_compute_morning")
    confirm_state = fields.Selection(
        [
            ("waiting", "To be confirmed"),
            ("confirmed", "Confirmed"),
            ("adjust", "Adjustment asked for"),
        ],
        "Arrangement",
        required=True,
        default="waiting",
        copy=False,
    )
    confirm_remark = fields.Char("What should change", copy=False)
    checked_item_ids = fields.Many2many(
        "dealer.checklist.item", string="Checklist", copy=False
    )
    unchecked_items = fields.Char("Not ready", compute="_compute_unchecked_items")
    previous_id = fields.Many2one(
        "dealer.daily.report", "Report before", compute="_compute_previous"
    )
    previous_instruction = fields.Text(
        "Instruction for Today", compute="_compute_previous"
    )
    # evening
    summary = fields.Text("What happened today")
    problem = fields.Text("Problems, Help needed")
    instruction = fields.Text(
        copy=False, help="What the manager says about the report and the next day."
    )
    reminded_on = fields.Datetime(readonly=True, copy=False)

    _day_uniq = models.UniqueIndex(
        "(user_id, date, company_id)", "The daily report of this day exists already."
    )
    _branch_date_idx = models.Index("(company_id, date DESC)")

    @api.depends("user_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            day = report.date and format_date(self.env, report.date)
            report.display_name = f"{report.user_id.name or ''} {day or ''}".strip()

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for report in self:
            report.is_mine = report.user_id == self.env.user

    @api.depends("approval_state")
    def _compute_is_open(self):
        for report in self:
            report.is_open = report.approval_state in ("draft", "refused")

    @api.depends("date", "company_id")
    def _compute_morning(self):
        briefs = self.env["dealer.daily.brief"]._get_by_day(self)
        for report in self:
            brief = briefs.get((report.company_id.id, report.date))
            report.brief_id = brief
            report.arrangement = brief and brief.arrangement

    @api.depends("checked_item_ids", "company_id")
    @api.depends_context("lang")
    def _compute_unchecked_items(self):
        items = self.env["dealer.checklist.item"].search(
            [("company_id", "in", [False, *self.company_id.ids])]
        )
        for report in self:
            wanted = items.filtered(
                lambda i, r=report: i.company_id
                in (i.company_id.browse(), r.company_id)
            )
            missing = wanted - report.checked_item_ids
            report.unchecked_items = ", ".join(missing.mapped("name"))

    @api.depends("date", "user_id", "company_id")
    def _compute_previous(self):
        """The last report before this one: its instruction is for today."""
        days = [day for day in self.mapped("date") if day]
        earlier = self.browse()
        if days:
            earlier = self.search(
                [
                    ("user_id", "in", self.user_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("date", ">=", fields.Date.subtract(min(days), days=31)),
                    ("date", "<", max(days)),
                ],
                order="date desc",
            )
        for report in self:
            report.previous_id = next(
                (r for r in earlier if report._is_after(r)), self.browse()
            )
            report.previous_instruction = report.previous_id.instruction

    def _is_after(self, other):
        self.ensure_one()
        return (
            other.user_id == self.user_id
            and other.company_id == self.company_id
            and bool(self.date)
            and other.date < self.date
        )

    @api.constrains("date")
    def _check_date(self):
        """:raises ValidationError: a report of a day that has not come yet"""
        for report in self:
            if report.date > report.company_id._get_dealer_today():
                raise ValidationError(
                    self.env._("A daily report is about today or an earlier day.")
                )

    @api.constrains("user_id", "company_id")
    def _check_branch(self):
        """:raises ValidationError: at a branch where the person does not work"""
        for report in self:
            if report.company_id not in report.user_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work at %(branch)s.",
                        user=report.user_id.sudo().name,
                        branch=report.company_id.sudo().name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        if not self.env.su:
            for vals in vals_list:
                self._check_system_fields(vals)
                if vals.get("user_id", self.env.uid) != self.env.uid:
                    raise AccessError(
                        self.env._("Everybody writes his own daily report.")
                    )
                vals["user_id"] = self.env.uid
        reports = super().create(vals_list)
        reports._plan_next_day()
        return reports

    @api.model
    def _check_system_fields(self, vals):
        """:raises AccessError: a client sends what others or the system say"""
        names = vals.keys() | {key.removeprefix("default_") for key in self.env.context}
        if (SYSTEM_FIELDS | {"instruction"}) & names:
            raise AccessError(
                self.env._(
                    "Figures are counted by the system; instructions are the manager's."
                )
            )

    def write(self, vals):
        if not self.env.su:
            self._check_who_writes(vals)
        return super().write(vals)

    def _check_who_writes(self, vals):
        """The author until he submits, the manager his instruction.

        :raises AccessError: the word of another person
        :raises UserError: the report was submitted
        """
        if (KEY_FIELDS | SYSTEM_FIELDS) & vals.keys():
            raise AccessError(
                self.env._("Person, day and figures of a daily report stay.")
            )
        if "instruction" in vals:
            self._check_may_instruct()
        if AUTHOR_FIELDS & vals.keys():
            self._check_author_open()

    def _check_may_instruct(self):
        user = self.env.user
        if not user.has_group(MANAGER) or user in self.user_id:
            raise AccessError(
                self.env._("Only the manager instructs, and never on his own report.")
            )

    def _check_author_open(self):
        """:raises AccessError: another's report; :raises UserError: submitted"""
        if any(report.user_id != self.env.user for report in self):
            raise AccessError(self.env._("Everybody writes his own daily report."))
        if not all(self.mapped("is_open")):
            raise UserError(
                self.env._(
                    "This report was submitted: it changes when it is sent back."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(report.approval_requested_on for report in self):
            raise UserError(self.env._("A submitted daily report is kept."))
        if not self.env.su:
            self._check_author_open()

    @api.model
    def action_open_today(self):
        """My report of today: the one that is there, or a new one."""
        company = self.env.company
        report = self._find_or_create(company, company._get_dealer_today())
        return report.get_formview_action() | {"name": report.display_name}

    @api.model
    def _find_or_create(self, company, day):
        key = {"user_id": self.env.uid, "company_id": company.id, "date": day}
        found = self.search([(name, "=", value) for name, value in key.items()])
        return found or self.create(key)

    def action_confirm(self):
        """The consultant takes the day as the manager arranged it."""
        self.write({"confirm_state": "confirmed", "confirm_remark": False})
        return True

    def action_ask_adjustment(self):
        """:raises UserError: without words about what should change"""
        for report in self:
            if not report.confirm_remark:
                raise UserError(
                    self.env._("Say what should change before you ask for it.")
                )
        self.write({"confirm_state": "adjust"})
        return True

    def action_submit(self, reason=None):
        """Keep the figures, plan the next day, and hand the report to the manager."""
        self.check_access("write")
        self._check_author_open()
        self._freeze_figures()
        result = super().action_submit(reason)
        self._apply_plan()
        self._close_reminders()
        return result

    def action_send_back(self):
        """Back to the consultant; the instruction says what to correct."""
        for report in self:
            if not report.instruction:
                raise UserError(
                    self.env._("Write in the instruction what has to be corrected.")
                )
            report.action_refuse(report.instruction)
        return True
