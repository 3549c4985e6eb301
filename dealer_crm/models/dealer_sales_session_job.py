# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.job_steps import reported

START_SESSION = """
    INSERT INTO dealer_sales_session (company_id, week_start, state,
                create_uid, write_uid, create_date, write_date)
         VALUES (%(company)s, %(week)s, 'open', %(uid)s, %(uid)s, %(now)s, %(now)s)
    ON CONFLICT DO NOTHING
      RETURNING id
"""
# A lead without a branch belongs to that of its consultant.
TAKE_CASES = """
    INSERT INTO dealer_sales_session_line (session_id, company_id, lead_id, name,
                user_id, vehicle_model_id, result, reason, amount, closed_on,
                create_uid, write_uid, create_date, write_date)
         SELECT %(session)s, %(company)s, lead.id, lead.name, lead.user_id,
                lead.vehicle_model_id, lead.won_status,
                CASE WHEN lead.won_status = 'lost' THEN COALESCE(
                    why.name ->> %(lang)s, why.name ->> 'en_US') END,
                COALESCE(lead.expected_revenue, 0), lead.date_closed,
                %(uid)s, %(uid)s, %(now)s, %(now)s
           FROM crm_lead lead
      LEFT JOIN crm_lost_reason why ON why.id = lead.lost_reason_id
      LEFT JOIN res_users consultant ON consultant.id = lead.user_id
          WHERE lead.won_status IN ('won', 'lost')
            AND lead.date_closed >= %(start)s AND lead.date_closed < %(end)s
            AND COALESCE(lead.company_id, consultant.company_id) = %(company)s
       ORDER BY lead.won_status DESC, lead.date_closed, lead.id
    ON CONFLICT DO NOTHING
"""


class CrmLead(models.Model):
    _inherit = "crm.lead"

    _closed_idx = models.Index("(date_closed) WHERE won_status IN ('won', 'lost')")
    _user_created_idx = models.Index("(user_id, create_date)")
    _user_filed_idx = models.Index("(user_id, filed_on) WHERE is_on_file")


class DealerSalesSession(models.Model):
    """The list of a week that is over is made by itself, once per branch."""

    _inherit = "dealer.sales.session"

    @api.model
    def _cron_open_sales_sessions(self):
        """Branches whose day has come; one that was missed is caught up."""
        companies = self.env["res.company"]._get_all_branches()
        due = companies.filtered(self._is_session_due)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for company in due:
            with reported("Weekly session", company):
                self._open_session(company)
            if not cron._commit_progress(1):
                return

    @api.model
    def _is_session_due(self, company):
        """From the set weekday on, branch time."""
        weekday = company.session_weekday
        if not (company.active and weekday):
            return False
        return company._get_dealer_today().weekday() >= int(weekday)

    @api.model
    def _open_session(self, company):
        """The session of last week with its cases; empty where it exists already."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                START_SESSION,
                company=company.id,
                week=self._get_last_week(company),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        sessions = self.sudo().browse([row[0] for row in rows])
        sessions._take_cases()
        for session in sessions:
            day = company._get_dealer_today()
            reports = self.env["dealer.daily.report"]
            session.attendee_ids = reports._get_expected_users(company, day)
        return sessions

    def _take_cases(self):
        """Won and lost leads of the week, as they are now: one statement each."""
        self.env["crm.lead"].flush_model()
        self.env["dealer.sales.session.line"].flush_model()
        for session in self:
            start = session.company_id._get_dealer_day_start
            self.env.cr.execute(
                SQL(
                    TAKE_CASES,
                    session=session.id,
                    company=session.company_id.id,
                    start=start(session.week_start),
                    end=start(session.week_start + timedelta(days=7)),
                    lang=session._get_lang(),
                    uid=self.env.uid,
                    now=fields.Datetime.now(),
                )
            )
        self.invalidate_model(["line_ids", "won_count", "lost_count"])

    def _get_lang(self):
        """The list is kept in the language of the branch."""
        self.ensure_one()
        return self.company_id.sudo().partner_id.lang or self.env.lang or "en_US"
