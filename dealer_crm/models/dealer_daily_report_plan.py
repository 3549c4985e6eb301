# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

PLANNED = 100


class DealerDailyReport(models.Model):
    """The plan of the next day, written in the evening, and what became of it."""

    _inherit = "dealer.daily.report"

    plan_date = fields.Date(
        "Plan for",
        compute="_compute_plan_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    line_ids = fields.One2many("dealer.daily.line", "report_id", "Plan")
    today_line_ids = fields.Many2many(
        "dealer.daily.line", string="Plan of Today", compute="_compute_today_line_ids"
    )
    plan_done = fields.Char("Plan kept", compute="_compute_plan_done")

    @api.depends("date", "company_id")
    def _compute_plan_date(self):
        """The next working day of the branch; the consultant may take another."""
        for report in self:
            if report._origin.plan_date or not report.date or not report.company_id:
                report.plan_date = report._origin.plan_date
            else:
                report.plan_date = report.company_id._get_next_work_day(report.date)

    @api.depends("date", "user_id", "company_id")
    def _compute_today_line_ids(self):
        """Lines that earlier reports planned for the day of this one."""
        lines = self.env["dealer.daily.line"].search(
            [
                ("user_id", "in", self.user_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("date", "in", [day for day in self.mapped("date") if day]),
            ]
        )
        planned = lines.grouped(lambda x: (x.company_id.id, x.user_id.id, x.date))
        for report in self:
            report.today_line_ids = planned.get(report._get_key(), lines.browse())

    @api.depends("today_line_ids")
    def _compute_plan_done(self):
        for report in self:
            lines = report.today_line_ids
            done = lines.filtered(lambda x: x.result in ("done", "tried"))
            report.plan_done = f"{len(done)} / {len(lines)}" if lines else "–"

    @api.constrains("plan_date", "date")
    def _check_plan_date(self):
        """:raises ValidationError: a plan for the day itself or the past"""
        for report in self:
            if report.plan_date and report.plan_date <= report.date:
                raise ValidationError(
                    self.env._("The plan is for a day after the report's.")
                )

    def _plan_next_day(self):
        """Fill the plan with what is due until then, once, when a report begins."""
        self.env["dealer.daily.line"].sudo().create(
            [
                vals
                for report in self
                if report.plan_date and not report.line_ids
                for vals in report._prepare_plan()
            ]
        )

    def action_refresh_plan(self):
        """Add what became due since the plan was made; nothing is doubled."""
        self._check_author_open()
        lines = self.env["dealer.daily.line"]
        for report in self:
            leads = report.line_ids.lead_id.ids
            tasks = report.line_ids.activity_id.ids
            lines.create(
                [
                    vals
                    for vals in report._prepare_plan()
                    if vals.get("lead_id") not in leads
                    and (not vals["activity_id"] or vals["activity_id"] not in tasks)
                ]
            )
        return True

    def _prepare_plan(self):
        """Values of the lines for contacts and promises due until the plan's day."""
        self.ensure_one()
        promises = self._find_due_promises()
        leads = self._find_due_leads() - promises.lead_id
        return [
            *map(self._prepare_lead_line, leads),
            *map(self._prepare_promise_line, promises),
        ]

    def _find_due_leads(self):
        """Follow-ups between this day and the plan's; overdue ones stay overdue."""
        self.ensure_one()
        return (
            self.env["crm.lead"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.user_id.id),
                    ("company_id", "in", [self.company_id.id, False]),
                    ("won_status", "=", "pending"),
                    ("next_contact_date", ">", self.date),
                    ("next_contact_date", "<=", self.plan_date),
                ],
                order="next_contact_date, id",
                limit=PLANNED,
            )
        )

    def _find_due_promises(self):
        self.ensure_one()
        return (
            self.env["dealer.promise"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.user_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("state", "=", "open"),
                    ("date_due", ">", self.date),
                    ("date_due", "<=", self.plan_date),
                ],
                order="date_due, id",
                limit=PLANNED,
            )
        )

    def _prepare_lead_line(self, lead):
        return {
            "report_id": self.id,
            "lead_id": lead.id,
            "partner_id": lead.partner_id.id,
            "kind": "follow_up",
            "name": self._get_plan_words(lead),
            "activity_id": False,
        }

    @api.model
    def _get_plan_words(self, lead):
        """What the lead's next contact is for, and by which channel."""
        names = ("next_contact_purpose", "next_contact_channel")
        words = [
            dict(lead._fields[name]._description_selection(self.env)).get(lead[name])
            for name in names
        ]
        return " · ".join(filter(None, words)) or self.env._("Follow-up")

    def _prepare_promise_line(self, promise):
        return {
            "report_id": self.id,
            "lead_id": promise.lead_id.id,
            "partner_id": promise.partner_id.id,
            "kind": "promise",
            "name": promise.name,
            "activity_id": promise.activity_id.id,
        }

    def _apply_plan(self):
        """Each line of a submitted report is something that reminds its consultant."""
        self.line_ids._schedule()
