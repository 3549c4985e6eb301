# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount

from ..tools.campaign import get_rate, get_roi

DASH = "–"
#: Who sees what a campaign cost and earned.
MONEY = "dealer_crm.group_sales_manager"

# A person counts once per day for a visit, a lead once for its test drive.
CONTACTS = """
    SELECT COALESCE(c.campaign_id, l.campaign_id),
           count(*) FILTER (WHERE c.channel = 'visit' AND c.purpose <> 'test_drive'),
           count(DISTINCT c.lead_id) FILTER (
               WHERE c.purpose = 'test_drive' AND c.outcome = 'reached')
      FROM dealer_contact c
 LEFT JOIN crm_lead l ON l.id = c.lead_id
     WHERE c.id IN %(contacts)s
  GROUP BY 1
"""

ORDERS = """
    SELECT COALESCE(s.campaign_id, l.campaign_id), count(*),
           sum(s.amount_untaxed / COALESCE(NULLIF(s.currency_rate, 0), 1)),
           sum(%(margin)s / COALESCE(NULLIF(s.currency_rate, 0), 1))
      FROM sale_order s
 LEFT JOIN crm_lead l ON l.id = s.opportunity_id
     WHERE s.id IN %(orders)s
  GROUP BY 1
"""


class UtmCampaign(models.Model):
    """What a campaign brings, counted live from what names it (MKT-02 … 04).

    A lead, a visit or an order counts when it names the campaign, or when its lead
    does. Counted with the rights of whoever looks, over his branches, in a constant
    number of queries for a list of any length.
    """

    _inherit = "utm.campaign"

    lead_count = fields.Integer("Leads", compute="_compute_lead_count")
    visit_count = fields.Integer("Visits", compute="_compute_contact_counts")
    drive_count = fields.Integer("Test Drives", compute="_compute_contact_counts")
    order_count = fields.Integer("Orders", compute="_compute_order_figures")
    revenue = fields.Monetary(
        compute="_compute_order_figures",
        groups=MONEY,
        help="Confirmed orders, before tax.",
    )
    margin = fields.Monetary(
        compute="_compute_order_figures",
        groups=MONEY,
        help="Of the confirmed orders where they know it, else as entered.",
    )
    margin_source = fields.Selection(
        [("orders", "From the Orders"), ("entered", "As entered")],
        compute="_compute_order_figures",
        groups=MONEY,
    )
    cost_planned = fields.Monetary(
        "Budget planned", compute="_compute_costs", groups=MONEY
    )
    cost_actual = fields.Monetary("Cost", compute="_compute_costs", groups=MONEY)
    roi = fields.Float(
        "Return",
        compute="_compute_roi",
        groups=MONEY,
        aggregator=None,
        help="(margin − cost) ÷ cost",
    )
    roi_text = fields.Char(
        "Return on Cost",
        compute="_compute_roi",
        groups=MONEY,
        help="(margin − cost) ÷ cost. A dash: nothing was spent.",
    )
    task_late_count = fields.Integer("Tasks late", compute="_compute_task_counts")
    task_open_count = fields.Integer("Tasks open", compute="_compute_task_counts")

    def _get_member_domain(self, path="lead_id"):
        """Records that name one of these campaigns, or whose lead does."""
        ids = self._origin.ids
        branches = Domain("company_id", "in", [*self.env.companies.ids, False])
        direct = Domain("campaign_id", "in", ids)
        by_lead = Domain("campaign_id", "=", False) & Domain(
            f"{path}.campaign_id", "in", ids
        )
        return branches & (direct | by_lead)

    def _get_lead_domain(self):
        return Domain("campaign_id", "in", self._origin.ids) & Domain(
            "company_id", "in", [*self.env.companies.ids, False]
        )

    def _get_visit_domain(self):
        return (
            self._get_member_domain()
            & Domain("channel", "=", "visit")
            & Domain("purpose", "!=", "test_drive")
        )

    def _get_order_domain(self):
        return self._get_member_domain("opportunity_id") & Domain("state", "=", "sale")

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_lead_count(self):
        counts = {}
        leads = self.env["crm.lead"].with_context(active_test=False)
        if self._origin and leads.has_access("read"):
            rows = leads._read_group(
                self._get_lead_domain(), ["campaign_id"], ["__count"]
            )
            counts = {campaign.id: count for campaign, count in rows}
        for campaign in self:
            campaign.lead_count = counts.get(campaign._origin.id, 0)

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_contact_counts(self):
        rows = {}
        contacts = self.env["dealer.contact"]
        if self._origin and contacts.has_access("read"):
            self.env.flush_all()
            query = contacts._search(self._get_member_domain())
            found = self.env.execute_query(SQL(CONTACTS, contacts=query.subselect()))
            rows = {row[0]: row[1:] for row in found}
        for campaign in self:
            counts = rows.get(campaign._origin.id, (0, 0))
            campaign.visit_count, campaign.drive_count = counts

    @api.depends("margin_entered")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_order_figures(self):
        rows = {}
        orders = self.env["sale.order"]
        if self._may_manage_campaigns():
            orders = (
                orders.sudo()
            )  # who answers for the return sees all of its branches
        knows_margin = "margin" in orders._fields
        if self._origin and orders.has_access("read"):
            self.env.flush_all()
            query = orders._search(self._get_order_domain())
            margin = SQL("COALESCE(s.margin, 0)") if knows_margin else SQL("0")
            found = self.env.execute_query(
                SQL(ORDERS, orders=query.subselect(), margin=margin)
            )
            rows = {row[0]: row[1:] for row in found}
        for campaign in self:
            count, revenue, margin = rows.get(campaign._origin.id, (0, 0.0, 0.0))
            is_known = knows_margin and bool(margin)
            campaign.order_count = count
            campaign.revenue = revenue
            campaign.margin_source = "orders" if is_known else "entered"
            campaign.margin = margin if is_known else campaign.margin_entered

    @api.depends("budget_ids.amount_planned", "budget_ids.amount_actual")
    def _compute_costs(self):
        rows = {}
        lines = self.env["dealer.campaign.budget"].sudo()
        if self._origin:
            rows = {
                campaign.id: sums
                for campaign, *sums in lines._read_group(
                    [("campaign_id", "in", self._origin.ids)],
                    ["campaign_id"],
                    ["amount_planned:sum", "amount_actual:sum"],
                )
            }
        for campaign in self:
            planned, actual = rows.get(campaign._origin.id, (0.0, 0.0))
            campaign.cost_planned, campaign.cost_actual = planned, actual

    @api.depends("margin", "cost_actual")
    def _compute_roi(self):
        for campaign in self:
            roi = get_roi(campaign.margin, campaign.cost_actual)
            campaign.roi = roi or 0.0
            campaign.roi_text = DASH if roi is None else f"{roi * 100:.1f} %"

    @api.depends("task_ids.is_done", "task_ids.date_due")
    def _compute_task_counts(self):
        today = self.env.company._get_dealer_today()
        tasks = self.env["dealer.campaign.task"]
        late, left = {}, {}
        if self._origin and tasks.has_access("read"):
            open_ = [("campaign_id", "in", self._origin.ids), ("is_done", "=", False)]
            rows = tasks._read_group(
                open_, ["campaign_id"], ["__count", "date_due:array_agg"]
            )
            for campaign, count, days in rows:
                left[campaign.id] = count
                late[campaign.id] = sum(1 for day in days if day and day < today)
        for campaign in self:
            campaign.task_open_count = left.get(campaign._origin.id, 0)
            campaign.task_late_count = late.get(campaign._origin.id, 0)

    def _get_goal_rows(self):
        """Goals beside what was reached, for the page and the print.

        :return: list of dicts ``label, planned, actual, rate`` as texts
        """
        self.ensure_one()
        money = self.sudo()
        rows = [
            (self.env._("Leads"), self.goal_leads, self.lead_count, str),
            (self.env._("Visits"), self.goal_visits, self.visit_count, str),
            (self.env._("Orders"), self.goal_orders, self.order_count, str),
            (
                self.env._("Revenue"),
                self.goal_revenue,
                money.revenue,
                self._format_money,
            ),
            (
                self.env._("Cost"),
                money.cost_planned,
                money.cost_actual,
                self._format_money,
            ),
        ]
        return [
            {
                "label": label,
                "planned": show(planned) if planned else DASH,
                "actual": show(actual),
                "rate": self._format_rate(get_rate(actual, planned)),
            }
            for label, planned, actual, show in rows
        ]

    def _format_money(self, amount):
        currency = self.currency_id or self.env.company.currency_id
        return format_amount(self.env, amount, currency)

    @api.model
    def _format_rate(self, rate):
        return DASH if rate is None else f"{rate * 100:.0f} %"

    def _open_figure(self, xmlid, domain, title):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = list(domain)
        action["context"] = {"active_test": False, "create": False}
        action["display_name"] = f"{self.title} · {title}"
        return action

    def action_view_leads(self):
        """The leads behind the figure."""
        return self._open_figure(
            "dealer_crm.crm_lead_action_dealer",
            self._get_lead_domain(),
            self.env._("Leads"),
        )

    def action_view_visits(self):
        """The visits behind the figure."""
        return self._open_figure(
            "dealer_crm.dealer_contact_action",
            self._get_visit_domain(),
            self.env._("Visits"),
        )

    def action_view_drives(self):
        """The test drives behind the figure."""
        domain = self._get_member_domain() & Domain(
            [("purpose", "=", "test_drive"), ("outcome", "=", "reached")]
        )
        return self._open_figure(
            "dealer_crm.dealer_contact_action", domain, self.env._("Test Drives")
        )

    def action_view_orders(self):
        """The orders behind the figures."""
        return self._open_figure(
            "sale.action_orders", self._get_order_domain(), self.env._("Orders")
        )

    def action_view_tasks(self):
        """What has to be done, and what is late."""
        return self._open_figure(
            "dealer_crm.dealer_campaign_task_action",
            Domain("campaign_id", "=", self.id),
            self.env._("Tasks"),
        )
