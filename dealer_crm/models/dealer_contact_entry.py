# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

NO_NAME = "–"


class DealerContact(models.Model):
    """Who left name and phone becomes a lead the same day (当日内完成录入)."""

    _inherit = "dealer.contact"

    entry_activity_id = fields.Many2one(
        "mail.activity",
        "Reminder",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    is_entry_reminded = fields.Boolean(readonly=True, copy=False)

    _not_entered_idx = models.Index(
        "(company_id, date) WHERE is_counted AND has_left_data AND lead_id IS NULL"
    )

    @api.model
    def _get_not_entered_domain(self):
        """Lines that count, with name and phone, and no lead yet."""
        return (
            Domain("is_counted", "=", True)
            & Domain("has_left_data", "=", True)
            & Domain("lead_id", "=", False)
        )

    def write(self, vals):
        reminders = self.env["mail.activity"]
        if vals.get("lead_id"):
            reminders = self.sudo().entry_activity_id
        result = super().write(vals)
        if reminders:
            self._close_reminders(reminders)
        return result

    @api.model
    def _close_reminders(self, reminders):
        """All lines of a reminder are leads: there is nothing left to do."""
        domain = self._get_not_entered_domain() & Domain(
            "entry_activity_id", "in", reminders.ids
        )
        self.flush_model()
        rows = self.sudo().search(domain)
        (reminders - rows.entry_activity_id).filtered("active").action_feedback()

    @api.model
    def _cron_remind_entries(self):
        """At the branch's hour: one to-do per consultant; never twice for a line.

        What a run of the day before missed is caught up.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            if not company.active:
                continue
            domain = self._get_entry_check_domain(company)
            while lines := self.sudo().search(domain, limit=500, order="user_id, id"):
                lines._remind_entries(company)
                if not cron._commit_progress(len(lines)):
                    return

    @api.model
    def _get_entry_check_domain(self, company):
        """Lines to remind of now: yesterday's, and today's once the hour has come."""
        today = company._get_dealer_today()
        start = company._get_dealer_day_start(today)
        end = start
        now = self.new({"company_id": company.id})._get_branch_hour(
            fields.Datetime.now()
        )
        if now >= company.entry_check_hour:
            end = company._get_dealer_day_start(today + timedelta(days=1))
        return (
            self._get_not_entered_domain()
            & Domain("is_entry_reminded", "=", False)
            & Domain("company_id", "=", company.id)
            & Domain("date", ">=", start - timedelta(days=1))
            & Domain("date", "<", end)
        )

    def _remind_entries(self, company):
        """One to-do per consultant with the names of those who wait for their entry."""
        kind = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        activities = self.env["mail.activity"].sudo()
        for user, lines in self.grouped("user_id").items():
            reminder = activities.create(
                lines._prepare_reminder(user, kind, company._get_dealer_today())
            )
            lines.write({"entry_activity_id": reminder.id})
        self.write({"is_entry_reminded": True})

    def _prepare_reminder(self, user, kind, day):
        env = self.with_context(lang=user.lang).env
        rows = Markup("").join(
            Markup("<li>%s %s</li>")
            % (
                format_date(env, line._get_branch_day()),
                line.visitor_name or line.partner_id.name or NO_NAME,
            )
            for line in self
        )
        return {
            "activity_type_id": kind.id if kind else False,
            "user_id": user.id,
            "date_deadline": day,
            "summary": env._("Enter visitors and callers: %(count)s", count=len(self)),
            "note": Markup("<ul>%s</ul>") % rows,
        }
