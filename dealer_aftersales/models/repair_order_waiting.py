# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import run_each
from odoo.fields import Domain

from .dealer_appointment_request import ACTIVITY, BATCH

#: The car is here and nobody has begun.
WAITING = ("received", "diagnosed", "approved")


class RepairOrder(models.Model):
    """Cars that stand in the workshop for days before anybody begins."""

    _inherit = "repair.order"

    is_waiting_long = fields.Boolean(
        "Waits too long",
        compute="_compute_is_waiting_long",
        search="_search_is_waiting_long",
        help="Received more days ago than the branch allows, and not begun.",
    )
    wait_escalated_on = fields.Date("Told the Manager on", readonly=True, copy=False)

    def _get_waiting_days(self):
        """Days since the car came, while nobody has begun; 0 otherwise."""
        self.ensure_one()
        if self.service_state not in WAITING or not self.date_in:
            return 0
        company = self.company_id
        came = company._get_dealer_day(self.date_in)
        return (company._get_dealer_today() - came).days

    @api.depends("service_state", "date_in")
    def _compute_is_waiting_long(self):
        for repair in self:
            limit = repair.company_id.sudo().service_start_days
            days = repair._get_waiting_days() if limit else 0
            repair.is_waiting_long = days > limit

    def _search_is_waiting_long(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        companies = self.env.companies
        return Domain.OR(self._get_waiting_domain(company) for company in companies)

    @api.model
    def _get_waiting_domain(self, company):
        """Cars of the branch that wait longer than it allows."""
        days = company.sudo().service_start_days
        if not days:
            return Domain.FALSE
        first = company._get_dealer_today() - timedelta(days=days)
        return (
            Domain("company_id", "=", company.id)
            & Domain("service_state", "in", WAITING)
            & Domain("date_in", "<", company._get_dealer_day_start(first))
        )

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        for repair in self.filtered("is_waiting_long"):
            days = repair._get_waiting_days()
            text = self.env._("Waits for %(days)s days", days=days)
            flags[repair.id].append(("waiting", text, "danger"))
        return flags

    def _after_state(self, source, target):
        result = super()._after_state(source, target)
        if target not in WAITING:
            self.sudo().filtered("wait_escalated_on").activity_unlink([ACTIVITY])
        return result

    @api.model
    def _escalate_waiting(self, company):
        """:return: the orders of the branch whose manager was told now"""
        domain = self._get_waiting_domain(company)
        domain &= Domain("wait_escalated_on", "=", False)
        waiting = self.sudo().search(domain, order="date_in, id", limit=BATCH)
        manager = company._get_service_manager()
        return run_each(waiting, "Waiting order", lambda w: w._tell_manager(manager))

    def _tell_manager(self, manager):
        """Plan an activity for the manager and note the day; once per order."""
        today = self.env.company._get_dealer_today()
        if manager:
            words = self.with_context(lang=manager.lang or self.env.lang)
            self.activity_schedule(
                ACTIVITY,
                today,
                words.env._("Nobody has begun on this car"),
                user_id=manager.id,
            )
        self.write({"wait_escalated_on": today})
