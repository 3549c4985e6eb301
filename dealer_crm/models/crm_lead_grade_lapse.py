# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

BATCH = 5000

# Marks leads whose window has passed and leaves a line for each, in one statement.
# Read grade by grade through the partial index, so the cost follows the due ones.
LAPSE = """
    WITH limits AS (
        SELECT g.id AS grade_id, d.company_id, d.today,
               d.today - COALESCE(NULLIF(g.lapse_days, 0), g.window_to) AS decided
          FROM dealer_grade g,
               unnest(%(companies)s::int[], %(days)s::date[]) AS d(company_id, today)
         WHERE NOT COALESCE(g.is_order, false)
           AND COALESCE(NULLIF(g.lapse_days, 0), g.window_to) > 0
    ), due AS (
        SELECT l.id, m.today
          FROM limits m
          JOIN crm_lead l ON l.grade_id = m.grade_id AND l.grade_date < m.decided
           AND COALESCE(l.company_id, %(company)s) = m.company_id
         WHERE l.grade_lapsed_on IS NULL AND l.active AND l.won_status = 'pending'
           AND l.dormant_on IS NULL
         LIMIT %(limit)s
           FOR UPDATE OF l SKIP LOCKED
    ), lapsed AS (
        UPDATE crm_lead l
           SET grade_lapsed_on = due.today
          FROM due
         WHERE l.id = due.id
     RETURNING l.*
    ), lines AS (
        INSERT INTO dealer_grade_log (
               lead_id, date, user_id, consultant_id, grade_from_id, grade_to_id,
               stage_id, purchase_date_expected, reason, is_automatic, decision,
               step, company_id, create_uid, create_date, write_uid, write_date)
        SELECT l.id, %(now)s, %(uid)s, l.user_id, l.grade_id, l.grade_id,
               l.stage_id, l.purchase_date_expected,
               COALESCE(%(reasons)s::jsonb ->> p.lang, %(reasons)s::jsonb ->> 'en_US'),
               true, 'lapse', 'other', COALESCE(l.company_id, %(company)s),
               %(uid)s, %(now)s, %(uid)s, %(now)s
          FROM lapsed l
     LEFT JOIN res_users u ON u.id = l.user_id
     LEFT JOIN res_partner p ON p.id = u.partner_id
    )
    SELECT id FROM lapsed
"""


class CrmLead(models.Model):
    """A grade is a promise with a date: once its window has passed it is asked."""

    _inherit = "crm.lead"

    grade_days_left = fields.Integer(
        "Days left in the Window",
        compute="_compute_grade_days_left",
        help="Until the window of the grade has passed, from the last decision on.",
    )
    is_upgrade_proposed = fields.Boolean(
        "Hotter Grade proposed",
        compute="_compute_is_upgrade_proposed",
        search="_search_is_upgrade_proposed",
    )

    _grade_open_idx = models.Index(
        "(grade_id, grade_date) WHERE grade_lapsed_on IS NULL AND active"
        " AND won_status = 'pending'"
    )

    @api.depends("grade_id", "grade_date", "company_id")
    def _compute_grade_days_left(self):
        """Zero where the grade has no window; negative once it has passed."""
        for lead in self:
            days = lead.grade_id._get_lapse_days()
            company = lead.company_id or self.env.company
            spent = lead.grade_date and (company._get_dealer_today() - lead.grade_date)
            lead.grade_days_left = days - spent.days if days and spent else days

    @api.depends("grade_lapsed_on")
    def _compute_is_grade_due(self):
        result = super()._compute_is_grade_due()
        for lead in self:
            if lead.grade_lapsed_on and lead.won_status == "pending":
                lead.is_grade_due = True
        return result

    def _search_is_grade_due(self, operator, value):
        domain = super()._search_is_grade_due(operator, value)
        if domain is NotImplemented:
            return domain
        lapsed = Domain("grade_lapsed_on", "!=", False)
        return Domain(domain) | (lapsed & Domain("won_status", "=", "pending"))

    @api.depends("grade_id", "grade_proposal_id", "won_status")
    def _compute_is_upgrade_proposed(self):
        for lead in self:
            grade, proposed = lead.grade_id, lead.grade_proposal_id
            lead.is_upgrade_proposed = bool(
                grade
                and proposed
                and lead.won_status == "pending"
                and proposed.ladder_id == grade.ladder_id
                and proposed.sequence < grade.sequence
            )

    def _search_is_upgrade_proposed(self, operator, value):
        """Proposed now: by the day that has come nearer, or by the signs."""
        if operator != "in":
            return NotImplemented
        ladders = self.env.companies.sudo().grade_ladder_id
        found = Domain.OR(
            Domain("grade_id", "in", self._get_colder(grade))
            & self._get_pointing_domain(grade)
            for grade in ladders.grade_ids
            if not grade.is_order
        )
        return found & Domain("won_status", "=", "pending")

    @api.model
    def _get_colder(self, grade):
        rungs = grade.ladder_id.grade_ids
        return rungs.filtered(lambda g: g.sequence > grade.sequence).ids

    @api.model
    def _get_pointing_domain(self, grade):
        """Leads of which something points to ``grade``: day, signs or the old car."""
        found = self._get_dated_domain(grade) | self._get_signed_domain(grade)
        if grade.is_trade_in_hint:
            found |= Domain("is_trade_in_progress", "=", True)
        return found

    @api.model
    def _get_dated_domain(self, grade):
        """Leads whose expected purchase lies in the window of ``grade`` or before."""
        if not grade.window_to:
            return Domain.FALSE
        last = self.env.company._get_dealer_today() + timedelta(grade.window_to)
        domain = Domain("purchase_date_expected", "<=", last)
        rivals = grade.ladder_id.grade_ids.filtered(
            lambda g: g != grade and g.window_from == grade.window_from
        )
        if grade.stage_ids and rivals:
            domain &= Domain("stage_id", "in", grade.stage_ids.ids)
        return domain

    @api.model
    def _get_signed_domain(self, grade):
        """Leads with enough ticked signs of ``grade`` that were not refused."""
        if grade.sign_threshold <= 0 or not grade.sudo().sign_ids:
            return Domain.FALSE
        field = self._fields["sign_ids"]
        query = SQL(
            "(SELECT %(lead)s FROM %(rel)s WHERE %(sign)s = ANY(%(signs)s)"
            " GROUP BY 1 HAVING count(*) >= %(needed)s)",
            lead=SQL.identifier(field.column1),
            rel=SQL.identifier(field.relation),
            sign=SQL.identifier(field.column2),
            signs=grade.sudo().sign_ids.ids,
            needed=grade.sign_threshold,
        )
        signed = Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s IN %s", SQL.identifier(alias, "id"), query
            )
        )
        return signed & Domain("grade_refused_id", "!=", grade.id)

    @api.model
    def _cron_lapse_grades(self):
        """Ask again for the grades whose window has passed; no grade is changed.

        A lead is marked once, so the job may run twice and may be killed.
        """
        cron = self.env["ir.cron"]
        while done := len(self._lapse_grades(BATCH)):
            if not cron._commit_progress(done, remaining=int(done == BATCH)):
                return

    @api.model
    def _lapse_grades(self, limit):
        """Mark at most ``limit`` leads. :return: ids of the marked leads"""
        self.env.flush_all()
        branches = self.env["res.company"]._get_all_branches()
        rows = self.env.execute_query(
            SQL(
                LAPSE,
                companies=branches.ids,
                days=[company._get_dealer_today() for company in branches],
                company=self.env.company.id,
                limit=limit,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                reasons=self._get_lapse_reasons(),
            )
        )
        ids = [row[0] for row in rows]
        self.browse(ids).invalidate_recordset(["grade_lapsed_on"], flush=False)
        return ids

    @api.model
    def _get_lapse_reasons(self):
        """JSON {language: reason}: each consultant reads it in his own."""
        reasons = {
            code: self.with_context(lang=code).env._("the window of the grade passed")
            for code, _name in self.env["res.lang"].get_installed()
        }
        return json.dumps(reasons, ensure_ascii=False)
