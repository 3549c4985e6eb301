# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.job_steps import reported

REMINDER = "dealer_crm.mail_activity_type_daily_report"

# One row per person and day, whoever comes first: the job, its second run, or the
# consultant who opens his report at the same moment.
START_REPORTS = """
    INSERT INTO dealer_daily_report (user_id, date, company_id, plan_date,
                approval_state, confirm_state, create_uid, write_uid,
                create_date, write_date)
         SELECT person, %(day)s, %(company)s, %(plan)s, 'draft', 'waiting',
                person, person, %(now)s, %(now)s
           FROM unnest(%(users)s::int[]) AS person
    ON CONFLICT DO NOTHING
"""
CLAIM_REMINDERS = """
       UPDATE dealer_daily_report
          SET reminded_on = %(now)s
        WHERE company_id = %(company)s AND date = %(day)s
          AND user_id = ANY(%(users)s::int[])
          AND approval_state IN ('draft', 'refused')
          AND reminded_on IS NULL
    RETURNING id
"""


class DealerDailyReport(models.Model):
    """Who has not submitted his report by the set time is reminded, once a day."""

    _inherit = "dealer.daily.report"

    @api.model
    def _get_expected_users(self, company, day):
        """Consultants who owe the branch a report of ``day``, without managers.

        Whoever the rota marks as absent owes none; on a day off of the branch only
        those who stand on the rota do.
        """
        on_duty, absent = self._read_rota(company, day)
        if day not in company._get_dealer_work_days(day, day):
            return on_duty
        users = self.env["res.users"].sudo()
        found = users.search(
            [
                ("all_group_ids", "in", self._get_author_group().id),
                ("all_group_ids", "not in", self._get_manager_group().id),
                ("company_ids", "in", company.id),
                ("share", "=", False),
            ]
        )
        return found - absent

    @api.model
    def _get_author_group(self):
        return self.env.ref("dealer_crm.group_sales_consultant")

    @api.model
    def _get_manager_group(self):
        return self.env.ref("dealer_crm.group_sales_manager")

    @api.model
    def _read_rota(self, company, day):
        """(people on duty, people absent) by the branch's rota; both may be empty."""
        lines = (
            self.env["dealer.rota.line"]
            .sudo()
            .search([("company_id", "=", company.id), ("date", "=", day)])
        )
        absent = lines.filtered(lambda x: x.state == "absent").user_id
        return lines.user_id - absent, absent

    @api.model
    def _get_missing_users(self, company, day):
        """Expected consultants without a submitted report of ``day``."""
        expected = self._get_expected_users(company, day)
        done = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("date", "=", day),
                ("approval_state", "in", ("submitted", "approved")),
            ]
        )
        return expected - done.user_id

    @api.model
    def _get_floor_counts(self, company=None):
        """For the manager's floor screen, of today.

        :return: dict with ``to_read`` (reports that wait, of any day) and
            ``missing`` (consultants without a submitted report of today)
        """
        company = company or self.env.company
        waiting = Domain("company_id", "=", company.id) & Domain(
            "approval_state", "=", "submitted"
        )
        return {
            "to_read": self.search_count(waiting),
            "missing": len(
                self._get_missing_users(company, company._get_dealer_today())
            ),
        }

    @api.model
    def _cron_remind_daily_reports(self):
        """Every branch after its set time; a second run finds nothing to do."""
        companies = self.env["res.company"]._get_all_branches().filtered("active")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            hour = company.daily_report_hour
            if hour and company._get_dealer_hour() >= hour:
                with reported("Reminder of daily reports", company):
                    self._remind_missing(company, company._get_dealer_today())
            if not cron._commit_progress(1):
                return

    @api.model
    def _remind_missing(self, company, day):
        """One activity for each person who owes the report of ``day``.

        :return: the reports that were reminded of now
        """
        users = self._get_missing_users(company, day)
        if not users:
            return self.browse()
        values = {
            "day": day,
            "company": company.id,
            "plan": company._get_next_work_day(day),
            "users": users.ids,
            "now": fields.Datetime.now(),
        }
        self.flush_model()
        self.env.cr.execute(SQL(START_REPORTS, **values))
        self.env.cr.execute(SQL(CLAIM_REMINDERS, **values))
        reports = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        self.invalidate_model()
        reports.filtered(lambda r: not r.line_ids)._plan_next_day()
        reports._schedule_reminders()
        return reports

    def _schedule_reminders(self):
        quiet = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quiet.sudo().create(
            [
                {
                    "activity_type_id": self.env.ref(REMINDER).id,
                    "date_deadline": report.date,
                    "user_id": report.user_id.id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": report.id,
                    "automated": True,
                }
                for report in self
            ]
        )

    def _close_reminders(self):
        self.sudo().activity_unlink([REMINDER])
