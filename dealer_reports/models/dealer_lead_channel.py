# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from .dealer_kpi_format import DASH

PERIODS = ("month", "last_month", "year")

# A lead counts once per step, whatever the number of its papers.
EVALUATION = """
    SELECT l.lead_channel_id, count(*),
           count(*) FILTER (WHERE l.is_on_file),
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM dealer_contact c
                WHERE c.lead_id = l.id AND c.purpose = 'test_drive'
                  AND c.outcome = 'reached')),
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM sale_order s
                WHERE s.opportunity_id = l.id AND s.state = 'sale'))
      FROM crm_lead l
     WHERE l.id IN %(leads)s
  GROUP BY l.lead_channel_id
"""


class DealerLeadChannel(models.Model):
    """What a channel brings and what it costs: leads of a period up to their orders.

    Counted with the rights of whoever looks, for the branches chosen; the period
    comes with the context ``dealer_period`` (month, last_month, year; else all).
    """

    _inherit = "dealer.lead.channel"

    lead_count = fields.Integer("Leads", compute="_compute_evaluation")
    filed_count = fields.Integer("Filed", compute="_compute_evaluation")
    drive_count = fields.Integer("Test Drives", compute="_compute_evaluation")
    order_count = fields.Integer("Orders", compute="_compute_evaluation")
    order_rate = fields.Char("Orders per Lead", compute="_compute_evaluation")
    cost_total = fields.Char("Cost", compute="_compute_evaluation")
    cost_per_order = fields.Char("Cost per Order", compute="_compute_evaluation")

    @api.depends_context("dealer_period", "allowed_company_ids", "lang", "uid")
    def _compute_evaluation(self):
        figures, costs = self._read_evaluation(), self._read_costs()
        for channel in self:
            leads, filed, drives, orders = figures.get(channel._origin.id, (0, 0, 0, 0))
            cost = costs.get(channel._origin.id)
            channel.lead_count = leads
            channel.filed_count = filed
            channel.drive_count = drives
            channel.order_count = orders
            channel.order_rate = self._format_rate(orders, leads)
            channel.cost_total = self._format_cost(cost)
            channel.cost_per_order = self._format_cost(
                cost / orders if cost and orders else None
            )

    @api.model
    def _format_rate(self, count, total):
        return self.env["dealer.kpi"]._format_percent(
            count / total if total else 0, bool(total)
        )

    @api.model
    def _format_cost(self, amount):
        """A channel without a known cost shows a dash, never zero."""
        if amount is None:
            return DASH
        currency = self.env.company.currency_id
        return formatLang(self.env, amount, currency_obj=currency)

    def _read_evaluation(self):
        """:return: dict channel id → (leads, filed, test drives, orders)"""
        leads = self.env["crm.lead"].with_context(active_test=False)
        if not leads.has_access("read"):
            return {}  # the channel's name is everybody's, its leads are not
        self.env.flush_all()
        query = leads._search(self._get_evaluated_domain())
        rows = self.env.execute_query(SQL(EVALUATION, leads=query.subselect()))
        return {row[0]: row[1:] for row in rows}

    def _get_evaluated_domain(self):
        """The leads of these channels that came in the period."""
        domain = Domain("lead_channel_id", "in", self._origin.ids)
        domain &= Domain("company_id", "in", [*self.env.companies.ids, False])
        start, end = self._get_period()
        if start:
            branch = self.env.company
            domain &= Domain("create_date", ">=", branch._get_dealer_day_start(start))
            domain &= Domain("create_date", "<", branch._get_dealer_day_start(end))
        return domain

    def _read_costs(self):
        """:return: dict channel id → amount; no key where no cost was entered"""
        costs = self.env["dealer.lead.channel.cost"]
        if not costs.has_access("read"):
            return {}
        domain = Domain("channel_id", "in", self._origin.ids)
        domain &= Domain("company_id", "in", self.env.companies.ids)
        start, end = self._get_period()
        if start:
            domain &= Domain("month", ">=", start) & Domain("month", "<", end)
        rows = costs._read_group(domain, ["channel_id"], ["amount:sum"])
        return {channel.id: amount for channel, amount in rows}

    @api.model
    def _get_period(self):
        """First day of the period and the day after its end; empty: all the time."""
        period = self.env.context.get("dealer_period")
        if period not in PERIODS:
            return None, None
        month = self.env.company._get_dealer_today().replace(day=1)
        if period == "year":
            start = month.replace(month=1)
            return start, start + relativedelta(years=1)
        if period == "last_month":
            return month - relativedelta(months=1), month
        return month, month + relativedelta(months=1)

    def action_view_leads(self):
        """The leads behind the figures of this channel."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.crm_lead_action_dealer"
        )
        action["domain"] = list(self._get_evaluated_domain())
        action["context"] = {"active_test": False}
        action["display_name"] = self.name
        return action
