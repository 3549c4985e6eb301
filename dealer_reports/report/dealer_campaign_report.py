# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

#: What happens later is no answer to the letter any more.
ANSWER_DAYS = 90

QUERY = """
    WITH sent AS (
        SELECT campaign_id, company_id, partner_id, min(date) AS date,
               count(*) AS pieces
          FROM dealer_contact
         WHERE campaign_id IS NOT NULL AND direction = 'out'
           AND partner_id IS NOT NULL
      GROUP BY campaign_id, company_id, partner_id
    ), answer AS (
        SELECT sent.*, sent.date + make_interval(days => %(days)s) AS until,
               (SELECT min(l.id) FROM crm_lead l
                 WHERE l.campaign_id = sent.campaign_id
                   AND l.partner_id = sent.partner_id) AS lead_id
          FROM sent
    ), receiver AS (
        SELECT a.campaign_id, a.company_id, a.partner_id, a.lead_id,
               a.date::date AS date_sent, 1 AS sent_count,
               (EXISTS (SELECT FROM dealer_contact t
                         WHERE t.partner_id = a.partner_id AND t.outcome = 'reached'
                           AND t.mail_template_id IS NULL
                           AND t.date BETWEEN a.date AND a.until))::int
               AS contact_count,
               (SELECT count(*) FROM crm_lead l
                 WHERE l.partner_id = a.partner_id
                   AND (l.campaign_id = a.campaign_id
                        OR l.create_date BETWEEN a.date AND a.until)) AS lead_count,
               (SELECT count(*) FROM sale_order s
                 WHERE s.partner_id = a.partner_id AND s.state = 'sale'
                   AND s.opportunity_id IS NOT NULL
                   AND s.date_order BETWEEN a.date AND a.until) AS order_count
          FROM answer a
    ), stranger AS (
        SELECT l.campaign_id, COALESCE(l.company_id, u.company_id) AS company_id,
               l.partner_id, l.id AS lead_id, NULL::date AS date_sent,
               0 AS sent_count,
               (EXISTS (SELECT FROM dealer_contact t
                         WHERE t.lead_id = l.id AND t.outcome = 'reached'
                           AND t.mail_template_id IS NULL))::int AS contact_count,
               1 AS lead_count,
               (SELECT count(*) FROM sale_order s
                 WHERE s.opportunity_id = l.id AND s.state = 'sale') AS order_count
          FROM crm_lead l
     LEFT JOIN res_users u ON u.id = l.user_id
         WHERE l.campaign_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM sent
                            WHERE sent.campaign_id = l.campaign_id
                              AND sent.partner_id = l.partner_id)
    )
    SELECT row_number() OVER (ORDER BY campaign_id, company_id, partner_id, lead_id)
           AS id, line.*
      FROM (SELECT * FROM receiver UNION ALL SELECT * FROM stranger) line
"""


class DealerCampaignReport(models.Model):
    """What a campaign brought: who got it, who talked to us, leads and orders.

    A line per receiver, and per lead that names the campaign without having received
    anything (he saw the poster). An answer counts for 90 days after the first piece.
    """

    _name = "dealer.campaign.report"
    _description = "Campaign Report"
    _auto = False
    _order = "campaign_id desc, id"
    _rec_name = "campaign_id"
    _depends = {
        "dealer.contact": [
            "campaign_id",
            "company_id",
            "date",
            "direction",
            "mail_template_id",
            "outcome",
            "partner_id",
        ],
        "crm.lead": ["campaign_id", "partner_id", "company_id", "user_id"],
        "sale.order": ["opportunity_id", "partner_id", "state", "date_order"],
    }

    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    date_sent = fields.Date("Sent on", readonly=True)
    sent_count = fields.Integer("Sent", readonly=True)
    contact_count = fields.Integer("Contacted", readonly=True)
    lead_count = fields.Integer("Leads", readonly=True)
    order_count = fields.Integer("Orders", readonly=True)

    @property
    def _table_query(self):
        return SQL(QUERY, days=ANSWER_DAYS)

    def action_open_customer(self):
        """The customer, or the lead of one who has no file."""
        self.ensure_one()
        record = self.partner_id or self.lead_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(record.get_formview_id(), "form")],
        }
