# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL

MONTHS = 24

SPENDING = """
    SELECT partner_id, sum(COALESCE(amount_total, 0))
      FROM repair_order
     WHERE partner_id = ANY(%(ids)s) AND vehicle_id IS NOT NULL
       AND service_kind IS DISTINCT FROM 'warranty' AND state = 'done'
       AND date_delivered >= %(since)s
  GROUP BY partner_id
"""
SATISFACTION = """
    SELECT partner_id, avg(score)
      FROM dealer_callback
     WHERE partner_id = ANY(%(ids)s) AND is_scored AND date_due >= %(since)s
  GROUP BY partner_id
"""


class ResPartner(models.Model):
    """Money spent in the workshop and satisfaction count in the customer's class."""

    _inherit = "res.partner"

    def _get_class_facts(self):
        facts = super()._get_class_facts()
        since = fields.Datetime.now() - relativedelta(months=MONTHS)
        query = SQL(SPENDING, ids=list(self.ids), since=since)
        for partner_id, spending in self.env.execute_query(query):
            facts[partner_id] = facts[partner_id]._replace(spending=float(spending))
        query = SQL(SATISFACTION, ids=list(self.ids), since=since.date())
        for partner_id, score in self.env.execute_query(query):
            facts[partner_id] = facts[partner_id]._replace(satisfaction=float(score))
        return facts


class ResCompany(models.Model):
    _inherit = "res.company"

    class_loyal_spending = fields.Monetary(
        "Loyal from (spent in the workshop)",
        currency_field="currency_id",
        default=10000,
        help="Within the last 24 months. 0: not by spending.",
    )
    class_vip_spending = fields.Monetary(
        "VIP from (spent in the workshop)",
        currency_field="currency_id",
        default=50000,
        help="Within the last 24 months. 0: not by spending.",
    )
    class_min_satisfaction = fields.Float(
        "Loyal only with Satisfaction of",
        default=4,
        help="Mean of the callbacks' overall question within the last 24 months. Who "
        "was not asked is taken as satisfied.",
    )

    @api.constrains(
        "class_loyal_purchases",
        "class_vip_purchases",
        "class_vip_years",
        "class_loyal_spending",
        "class_vip_spending",
        "class_min_satisfaction",
    )
    def _check_class_limits(self):
        return super()._check_class_limits()

    def _get_class_limits(self):
        company = self.sudo()
        return (
            super()
            ._get_class_limits()
            ._replace(
                loyal_spending=company.class_loyal_spending,
                vip_spending=company.class_vip_spending,
                min_satisfaction=company.class_min_satisfaction,
            )
        )
