# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..tools.lifecycle import Facts

#: An order without a car for longer than this is no car order, or forgotten.
ORDER_DAYS = 365

# Cars sold elsewhere are owned, but not bought here. An order is done when its car,
# or a car bought since, is delivered.
FACTS = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                   AS z(company, name)
    ), role AS (
        SELECT l.partner_id, l.sale_order_id, l.date_from, l.date_to,
               v.trade_state = 'customer' AS delivered,
               l.date_to IS NULL AND v.active
                    AND v.trade_state = 'customer' AS owned,
               v.origin IS DISTINCT FROM 'other_dealer'
                    AND (v.trade_state = 'customer'
                         OR l.date_to IS NOT NULL) AS bought
          FROM dealer_vehicle_party l
          JOIN fleet_vehicle v ON v.id = l.vehicle_id
         WHERE l.role = 'owner' AND l.partner_id = ANY(%(ids)s)
           AND v.trade_state IS NOT NULL
    ), owner AS (
        SELECT partner_id, count(*) FILTER (WHERE owned) AS cars,
               count(*) FILTER (WHERE bought) AS purchases,
               max(date_from) FILTER (WHERE bought) AS last_purchase,
               max(date_to) AS last_sale
          FROM role GROUP BY partner_id
    ), ordered AS (
        SELECT DISTINCT s.partner_id
          FROM sale_order s
     LEFT JOIN zone ON zone.company = s.company_id
         WHERE s.partner_id = ANY(%(ids)s)
           AND s.state = 'sale' AND s.date_order >= %(since)s
           AND (s.opportunity_id IS NOT NULL OR EXISTS (
                SELECT FROM fleet_vehicle a WHERE a.allocated_order_id = s.id))
           AND NOT EXISTS (
               SELECT FROM role
                WHERE role.partner_id = s.partner_id AND role.delivered
                  AND (role.sale_order_id = s.id
                       OR (role.sale_order_id IS NULL AND role.date_from >=
                           (s.date_order AT TIME ZONE 'UTC'
                            AT TIME ZONE COALESCE(zone.name, 'UTC'))::date)))
    ), lead AS (
        SELECT DISTINCT partner_id FROM crm_lead
         WHERE partner_id = ANY(%(ids)s) AND active
           AND COALESCE(won_status, 'pending') = 'pending'
    )
    SELECT p.id, lead.partner_id IS NOT NULL, ordered.partner_id IS NOT NULL,
           COALESCE(owner.cars, 0), COALESCE(owner.purchases, 0),
           owner.last_purchase, owner.last_sale
      FROM unnest(%(ids)s) AS p(id)
 LEFT JOIN owner ON owner.partner_id = p.id
 LEFT JOIN ordered ON ordered.partner_id = p.id
 LEFT JOIN lead ON lead.partner_id = p.id
"""


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_lifecycle_facts(self):
        """What the life cycle is judged by, in one query; other addons add theirs.

        Pending changes are in the database already.

        :return: dict partner id → Facts
        """
        companies = self.env["res.company"]._get_all_branches()
        self.env.cr.execute(
            SQL(
                FACTS,
                ids=list(self.ids),
                **companies._get_branch_zones(),
                since=fields.Datetime.now() - timedelta(days=ORDER_DAYS),
            )
        )
        return {row[0]: Facts(*row[1:]) for row in self.env.cr.fetchall()}
