# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported, run_each
from odoo.fields import Domain

ACTIVITY = "dealer_aftersales.mail_activity_type_request"
BATCH = 200


class DealerAppointment(models.Model):
    """Requests that wait for an answer: their age, and the manager who hears of it."""

    _inherit = "dealer.appointment"

    date_requested = fields.Datetime(
        "Asked on", readonly=True, copy=False, default=fields.Datetime.now
    )
    request_days = fields.Integer("Days waiting", compute="_compute_request_days")
    is_overdue = fields.Boolean(
        "Waits too long", compute="_compute_request_days", search="_search_is_overdue"
    )
    escalated_on = fields.Date("Told the Manager on", readonly=True, copy=False)

    @api.depends("state", "date_requested")
    def _compute_request_days(self):
        for visit in self:
            company = visit.company_id or self.env.company
            days = 0
            if visit.state == "requested" and visit.date_requested:
                asked = company._get_dealer_day(visit.date_requested)
                days = (company._get_dealer_today() - asked).days
            visit.request_days = days
            limit = company.sudo().service_request_days
            visit.is_overdue = bool(limit and days > limit)

    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        companies = self.env.companies
        return Domain.OR(self._get_overdue_domain(company) for company in companies)

    @api.model
    def _get_overdue_domain(self, company):
        """Requests of the branch that wait longer than it promises."""
        days = company.sudo().service_request_days
        if not days:
            return Domain.FALSE
        first = company._get_dealer_today() - timedelta(days=days)
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "requested")
            & Domain("date_requested", "<", company._get_dealer_day_start(first))
        )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "requested") != "requested":
            self.filtered("escalated_on").sudo().activity_unlink([ACTIVITY])
        return result

    @api.model
    def _cron_escalate_requests(self):
        """Requests and orders that wait too long go to the service manager, once."""
        cron = self.env["ir.cron"]
        branches = self.env["res.company"]._get_all_branches()
        cron._commit_progress(remaining=len(branches))
        for company in branches:
            for model in ("dealer.appointment", "repair.order"):
                with reported("Waiting requests", company):
                    self.env[model]._escalate_waiting(company)
            if not cron._commit_progress(1):
                return

    @api.model
    def _escalate_waiting(self, company):
        """:return: the requests of the branch whose manager was told now"""
        domain = self._get_overdue_domain(company) & Domain("escalated_on", "=", False)
        waiting = self.sudo().search(domain, order="date_requested, id", limit=BATCH)
        manager = company._get_service_manager()
        return run_each(waiting, "Waiting request", lambda w: w._tell_manager(manager))

    def _tell_manager(self, manager):
        """Plan an activity for the manager and note the day; once per record."""
        today = self.env.company._get_dealer_today()
        if manager:
            words = self.with_context(lang=manager.lang or self.env.lang)
            self.activity_schedule(
                ACTIVITY,
                today,
                words.env._("The customer waits for an answer"),
                user_id=manager.id,
            )
        self.write({"escalated_on": today})
