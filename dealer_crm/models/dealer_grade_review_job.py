# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.job_steps import reported

#: A month that ended longer ago is not counted any more: it would be today's count.
LAST_DAY = 5
REMINDER = "dealer_crm.mail_activity_type_drawer_check"

# A record for each consultant with open leads; the unique index refuses a second one.
OPEN_REVIEWS = """
    INSERT INTO dealer_grade_review (
           user_id, month, company_id, counted_on, state,
           create_uid, create_date, write_uid, write_date)
    SELECT DISTINCT user_id, %(month)s::date, %(company)s::int, %(now)s::timestamp,
           'open', %(uid)s, %(now)s::timestamp, %(uid)s, %(now)s::timestamp
      FROM crm_lead
     WHERE user_id = ANY(%(users)s) AND active AND won_status = 'pending'
       AND type = 'opportunity' AND COALESCE(company_id, %(main)s) = %(company)s
        ON CONFLICT (user_id, month, company_id) DO NOTHING
 RETURNING id
"""
# The drawers of those: every grade of the ladder, empty ones too, and those without.
COUNT_DRAWERS = """
    WITH drawers AS (
        SELECT id AS grade_id, sequence FROM dealer_grade
         WHERE ladder_id = %(ladder)s AND active
         UNION ALL SELECT NULL, 999
    ), counts AS (
        SELECT user_id, grade_id, count(*) AS leads,
               count(*) FILTER (WHERE next_contact_date < %(today)s) AS overdue,
               count(*) FILTER (WHERE grade_lapsed_on IS NOT NULL) AS lapsed
          FROM crm_lead
         WHERE user_id IN (SELECT user_id FROM dealer_grade_review
                            WHERE id = ANY(%(reviews)s))
           AND active AND won_status = 'pending' AND type = 'opportunity'
           AND COALESCE(company_id, %(main)s) = %(company)s
      GROUP BY user_id, grade_id
    ), wanted AS (
        SELECT r.id AS review_id, r.user_id, d.grade_id, d.sequence
          FROM dealer_grade_review r, drawers d
         WHERE r.id = ANY(%(reviews)s)
         UNION
        SELECT r.id, r.user_id, c.grade_id, COALESCE(g.sequence, 999)
          FROM dealer_grade_review r
          JOIN counts c ON c.user_id = r.user_id
     LEFT JOIN dealer_grade g ON g.id = c.grade_id
         WHERE r.id = ANY(%(reviews)s)
    )
    INSERT INTO dealer_grade_review_line (
           review_id, grade_id, sequence, lead_count, overdue_count, lapsed_count,
           create_uid, create_date, write_uid, write_date)
    SELECT w.review_id, w.grade_id, w.sequence, COALESCE(c.leads, 0),
           COALESCE(c.overdue, 0), COALESCE(c.lapsed, 0),
           %(uid)s, %(now)s::timestamp, %(uid)s, %(now)s::timestamp
      FROM wanted w
 LEFT JOIN counts c ON c.user_id = w.user_id
       AND c.grade_id IS NOT DISTINCT FROM w.grade_id
  ORDER BY w.review_id, w.sequence
"""


class DealerGradeReview(models.Model):
    """The job: count when the month ends, remind once when nobody confirmed."""

    _inherit = "dealer.grade.review"

    @api.model
    def _cron_review_drawers(self):
        """Count last month's drawers of each branch, and remind of the open checks.

        What is counted is not counted again, and a check is reminded of once: the
        job may run twice, and may be killed between two branches.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            with reported("Drawer check", company):
                self.with_company(company)._count_drawers(company)
                self.with_company(company)._remind_of_reviews(company)
            if not cron._commit_progress(1):
                return

    @api.model
    def _count_drawers(self, company):
        """:return: the new reviews of the month that has ended at this branch"""
        today = company._get_dealer_today()
        if today.day > LAST_DAY:
            return self.browse()
        self.env.flush_all()
        values = {
            "month": today.replace(day=1) - relativedelta(months=1),
            "company": company.id,
            "main": self.env.user.company_id.id,
            "users": self._get_consultants(company).ids,
            "ladder": company.sudo().grade_ladder_id.id or None,
            "today": today,
            "now": fields.Datetime.now(),
            "uid": self.env.uid,
        }
        rows = self.env.execute_query(SQL(OPEN_REVIEWS, **values))
        reviews = self.browse(row[0] for row in rows)
        if reviews:
            self.env.cr.execute(SQL(COUNT_DRAWERS, reviews=reviews.ids, **values))
            self.env.invalidate_all(flush=False)
        return reviews

    @api.model
    def _get_consultants(self, company):
        """Whoever holds leads as a member of the sales staff of this branch."""
        group = self.env.ref("dealer_crm.group_sales_consultant")
        users = group.sudo().all_user_ids
        return users.filtered(lambda u: company in u.company_ids and not u.share)

    @api.model
    def _remind_of_reviews(self, company):
        """An activity for each confirmation that is still missing after the 5th."""
        today = company._get_dealer_today()
        if today.day <= LAST_DAY:
            return
        open_reviews = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "done"),
                ("reminded_on", "=", False),
                ("month", "<", today.replace(day=1)),
            ]
        )
        for review in open_reviews:
            for user in review._get_missing_people():
                review.activity_schedule(REMINDER, user_id=user.id, date_deadline=today)
        open_reviews.reminded_on = today

    def _get_missing_people(self):
        """Who has not confirmed: the consultant, and his team's leader."""
        self.ensure_one()
        people = self.env["res.users"]
        if not self.consultant_confirmed_on:
            people |= self.user_id
        if not self.manager_confirmed_on:
            people |= self._get_manager()
        return people.filtered("active")

    def _get_manager(self):
        """The leader of the consultant's team, else a sales manager of the branch."""
        self.ensure_one()
        leader = self.user_id.sudo().sale_team_id.user_id
        group = self.env.ref("dealer_crm.group_sales_manager")
        managers = group.sudo().all_user_ids - self.user_id
        if leader in managers:
            return leader
        managers = managers.filtered(lambda u: u.company_id == self.company_id)
        director = self.env.ref("dealer_crm.group_general_manager").sudo()
        return ((managers - director.all_user_ids) or managers)[:1]

    def _end_reminder(self):
        """Who confirmed is reminded no more."""
        for review in self:
            people = review._get_missing_people()
            done = review.activity_ids.filtered(
                lambda a, people=people: a.user_id not in people
            )
            done.unlink()
