# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.addons.dealer_aftersales.models.dealer_value_log import LOYALTY_BANDS
from odoo.tools import SQL

# Outgoing contacts of care in the branch's month are the measures; the line of the
# month and of the month before tell what they changed.
QUERY = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                   AS z(company, name)
    )
    SELECT l.id, l.partner_id, l.company_id, l.month, l.previous_band, l.loyalty_band,
           l.previous_score, l.loyalty_score,
           l.loyalty_score - l.previous_score AS change,
           COALESCE(done.number, 0) AS action_count,
           COALESCE(done.reached, 0) AS reached_count,
           COALESCE(done.number, 0) > 0 AS has_action
      FROM dealer_value_log l
 LEFT JOIN zone ON zone.company = l.company_id
 LEFT JOIN LATERAL (
           SELECT count(*) AS number,
                  count(*) FILTER (WHERE c.outcome = 'reached') AS reached
             FROM dealer_contact c
            WHERE c.partner_id = l.partner_id AND c.direction = 'out'
              AND (c.callback_id IS NOT NULL OR c.purpose IN ('care', 'marketing'))
              AND c.date >= l.month::timestamp
                            AT TIME ZONE COALESCE(zone.name, 'UTC') AT TIME ZONE 'UTC'
              AND c.date < (l.month + interval '1 month')
                           AT TIME ZONE COALESCE(zone.name, 'UTC') AT TIME ZONE 'UTC'
           ) done
           ON TRUE
     WHERE l.previous_score IS NOT NULL
"""


class DealerLoyaltyResult(models.Model):
    """Loyalty before and after, by band and by what was done (LOY-03)."""

    _name = "dealer.loyalty.result"
    _description = "Loyalty: Measures and Change"
    _auto = False
    _order = "month desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "dealer.value.log": [
            "company_id",
            "loyalty_band",
            "loyalty_score",
            "month",
            "partner_id",
            "previous_band",
            "previous_score",
        ],
        "dealer.contact": [
            "callback_id",
            "date",
            "direction",
            "outcome",
            "partner_id",
            "purpose",
        ],
    }

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    month = fields.Date(readonly=True)
    previous_band = fields.Selection(
        LOYALTY_BANDS, "Band the Month before", readonly=True
    )
    loyalty_band = fields.Selection(LOYALTY_BANDS, readonly=True)
    previous_score = fields.Integer(
        "Loyalty the Month before", readonly=True, aggregator="avg"
    )
    loyalty_score = fields.Integer("Loyalty", readonly=True, aggregator="avg")
    change = fields.Integer(readonly=True, aggregator="avg")
    action_count = fields.Integer("Measures", readonly=True)
    reached_count = fields.Integer("Reached", readonly=True)
    has_action = fields.Boolean("With Measures", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        return SQL(QUERY, **companies._get_branch_zones())
