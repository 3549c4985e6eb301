# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date
from odoo.tools.date_utils import start_of


class DealerSalesSession(models.Model):
    """The weekly analysis session (分析研讨会): won and lost cases of one week.

    The list is made when the week is over and stays as it was; minutes, lessons and
    measures are written in the session.
    """

    _name = "dealer.sales.session"
    _description = "Weekly Session"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "week_start desc, id desc"
    _rec_name = "week_start"

    week_start = fields.Date(
        "Week from",
        required=True,
        default=lambda self: self._get_last_week(self.env.company),
        help="Any day of the week: the session is about Monday to Sunday.",
    )
    week_end = fields.Date("Week until", compute="_compute_week_end")
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [("open", "To be held"), ("held", "Held")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
    )
    held_on = fields.Datetime(readonly=True, copy=False)
    user_id = fields.Many2one("res.users", "Led by")
    attendee_ids = fields.Many2many(
        "res.users",
        string="Present",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    line_ids = fields.One2many("dealer.sales.session.line", "session_id", "Cases")
    won_count = fields.Integer("Won", compute="_compute_case_counts")
    lost_count = fields.Integer("Lost", compute="_compute_case_counts")
    minutes = fields.Text()
    lessons = fields.Text("What we learn")
    action_ids = fields.One2many("dealer.sales.action", "session_id", "Measures")

    _week_uniq = models.UniqueIndex(
        "(company_id, week_start)", "The session of this week exists already."
    )

    @api.depends("week_start")
    def _compute_week_end(self):
        for session in self:
            day = session.week_start
            session.week_end = day and day + timedelta(days=6)

    @api.depends("line_ids.result")
    def _compute_case_counts(self):
        for session in self:
            results = session.line_ids.mapped("result")
            session.won_count = results.count("won")
            session.lost_count = results.count("lost")

    @api.depends("week_start")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            day = session.week_start and format_date(self.env, session.week_start)
            session.display_name = self.env._("Week from %(day)s", day=day or "")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_system_fields(vals)
            day = vals.get("week_start")
            if day:
                vals["week_start"] = start_of(fields.Date.to_date(day), "week")
        sessions = super().create(vals_list)
        sessions._check_week_over()
        sessions._take_cases()
        return sessions

    def write(self, vals):
        self._check_system_fields(vals)
        if {"week_start", "company_id"} & vals.keys() and not self.env.su:
            raise UserError(self.env._("Week and branch of a session stay."))
        return super().write(vals)

    def _check_system_fields(self, vals):
        """:raises AccessError: a client sends what a button sets"""
        names = vals.keys() | {key.removeprefix("default_") for key in self.env.context}
        if {"state", "held_on"} & names and not self.env.su:
            raise AccessError(self.env._("A session is closed by its button."))

    def _check_week_over(self):
        """:raises UserError: the list of a week is complete after its Sunday"""
        for session in self:
            if session.week_end >= session.company_id._get_dealer_today():
                raise UserError(
                    self.env._("This week is not over: its list would be incomplete.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if "held" in self.mapped("state"):
            raise UserError(self.env._("A session that was held is kept."))

    def action_hold(self):
        """The session took place."""
        self.check_access("write")
        self.filtered(lambda s: s.state == "open").sudo().write(
            {"state": "held", "held_on": fields.Datetime.now()}
        )
        return True

    def action_reopen(self):
        self.check_access("write")
        self.sudo().write({"state": "open", "held_on": False})
        return True

    def action_open_leads(self):
        """The leads of the list that the reader may see."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "crm.lead",
            "domain": [("id", "in", self.line_ids.lead_id.ids)],
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }

    @api.model
    def _get_last_week(self, company):
        """Monday of the week before the current one, at the branch."""
        today = company._get_dealer_today()
        return start_of(today, "week") - timedelta(days=7)
