# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class DealerDailyBrief(models.Model):
    """The morning and evening meeting of a branch on one day.

    The manager's arrangement of the morning stands on the daily report of each
    consultant, who confirms it or asks for an adjustment there.
    """

    _name = "dealer.daily.brief"
    _description = "Morning and Evening Meeting"
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_dealer_today(),
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users", "Led by", required=True, default=lambda self: self.env.user
    )
    attendee_ids = fields.Many2many(
        "res.users",
        string="Present",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    arrangement = fields.Text("Arrangement of the Day")
    evening_notes = fields.Text("Evening Meeting")
    report_ids = fields.Many2many(
        "dealer.daily.report",
        string="Daily Reports",
        compute="_compute_report_ids",
    )

    _day_uniq = models.UniqueIndex(
        "(company_id, date)", "The meeting of this day exists already for the branch."
    )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for brief in self:
            day = brief.date and format_date(self.env, brief.date)
            brief.display_name = self.env._("Meeting %(day)s", day=day or "")

    @api.depends("date", "company_id")
    def _compute_report_ids(self):
        reports = self.env["dealer.daily.report"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("date", "in", self.mapped("date")),
            ]
        )
        for brief in self:
            brief.report_ids = reports.filtered(
                lambda r, b=brief: (r.company_id, r.date) == (b.company_id, b.date)
            )

    @api.constrains("user_id", "attendee_ids", "company_id")
    def _check_people(self):
        """:raises ValidationError: somebody who does not work at the branch"""
        for brief in self:
            for user in (brief.user_id | brief.attendee_ids).sudo():
                if brief.company_id not in user.company_ids:
                    raise ValidationError(
                        self.env._(
                            "%(user)s does not work at %(branch)s.",
                            user=user.name,
                            branch=brief.company_id.sudo().name,
                        )
                    )

    def write(self, vals):
        """What was confirmed before the arrangement changed is asked again."""
        before = {brief.id: brief.arrangement for brief in self}
        result = super().write(vals)
        if "arrangement" in vals:
            self.filtered(
                lambda b: b.arrangement != before[b.id]
            )._ask_confirmation_again()
        return result

    def _ask_confirmation_again(self):
        for brief in self:
            reports = self.env["dealer.daily.report"].sudo()
            reports.search(
                [
                    ("company_id", "=", brief.company_id.id),
                    ("date", "=", brief.date),
                    ("confirm_state", "!=", "waiting"),
                    ("approval_state", "in", ("draft", "refused")),
                ]
            ).write({"confirm_state": "waiting"})

    @api.model
    def action_open_today(self):
        """The meeting of today at the current branch; a manager starts it."""
        company = self.env.company
        key = {"company_id": company.id, "date": company._get_dealer_today()}
        brief = self.search([(name, "=", value) for name, value in key.items()])
        if not brief:
            users = self.env["dealer.daily.report"]._get_expected_users(
                company, key["date"]
            )
            brief = self.create({**key, "attendee_ids": users.ids})
        return brief.get_formview_action() | {"name": brief.display_name}

    @api.model
    def _get_by_day(self, reports):
        """The meetings of the days of these reports: {(branch id, day): brief}."""
        briefs = self.search(
            [
                ("company_id", "in", reports.company_id.ids),
                ("date", "in", [day for day in reports.mapped("date") if day]),
            ]
        )
        return {(brief.company_id.id, brief.date): brief for brief in briefs}
