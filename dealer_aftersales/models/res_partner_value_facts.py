# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import models
from odoo.tools import SQL

from ..tools.value_class import Facts

#: Kinds of orders that the customer pays himself.
PAID_KINDS = ("maintenance", "general")

# One line per customer. Visits are his own and those of the cars he owned at the time,
# as for the life cycle; money is what he spent himself.
FACTS = """
    WITH branch AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[],
                             %(todays)s::date[], %(since)s::date[])
                   AS b(company, zone, today, since)
    ), customer AS (
        SELECT p.id, b.today, b.since
          FROM res_partner p
          JOIN branch b ON b.company = COALESCE(p.company_id, %(main)s)
         WHERE p.id = ANY(%(ids)s)
    ), visit AS (
        SELECT r.partner_id AS person, r.company_id, r.date_delivered,
               NULL::date AS first, NULL::date AS last, r.amount_total AS amount,
               COALESCE(r.service_kind, 'general') = ANY(%(kinds)s) AS is_paid
          FROM repair_order r
         WHERE r.partner_id = ANY(%(ids)s) AND r.vehicle_id IS NOT NULL
           AND r.state = 'done' AND r.date_delivered IS NOT NULL
     UNION ALL
        SELECT l.partner_id, r.company_id, r.date_delivered, l.date_from, l.date_to,
               0, COALESCE(r.service_kind, 'general') = ANY(%(kinds)s)
          FROM dealer_vehicle_party l
          JOIN repair_order r ON r.vehicle_id = l.vehicle_id
         WHERE l.partner_id = ANY(%(ids)s) AND l.role = 'owner'
           AND r.partner_id IS DISTINCT FROM l.partner_id
           AND r.state = 'done' AND r.date_delivered IS NOT NULL
    ), dated AS (
        SELECT visit.*, (date_delivered AT TIME ZONE 'UTC'
                         AT TIME ZONE COALESCE(branch.zone, 'UTC'))::date AS day
          FROM visit LEFT JOIN branch ON branch.company = visit.company_id
    ), visited AS (
        SELECT c.id, max(day) AS last, min(day) AS first,
               count(DISTINCT day) AS days,
               count(DISTINCT day) FILTER (WHERE is_paid AND day >= c.since) AS paid,
               sum(amount) FILTER (WHERE is_paid AND day >= c.since) AS amount
          FROM dated d
          JOIN customer c ON c.id = d.person
         WHERE day >= COALESCE(d.first, '-infinity')
           AND day <= COALESCE(d.last, 'infinity')
      GROUP BY c.id
    ), bought AS (
        SELECT l.partner_id, count(DISTINCT l.vehicle_id) AS cars,
               max(l.date_from) AS last
          FROM dealer_vehicle_party l
          JOIN fleet_vehicle v ON v.id = l.vehicle_id
         WHERE l.role = 'owner' AND l.partner_id = ANY(%(ids)s)
           AND v.trade_state IS NOT NULL
           AND v.origin IS DISTINCT FROM 'other_dealer'
           AND (v.trade_state = 'customer' OR l.date_to IS NOT NULL)
      GROUP BY l.partner_id
    ), referred AS (
        SELECT referrer_id AS id, count(*) AS number
          FROM crm_lead
         WHERE referrer_id = ANY(%(ids)s) AND create_date >= %(two_years)s
      GROUP BY referrer_id
    ), asked AS (
        SELECT partner_id, count(*) AS scored,
               count(*) FILTER (WHERE is_satisfied) AS satisfied
          FROM dealer_callback
         WHERE partner_id = ANY(%(ids)s) AND is_scored AND date_due >= %(two_years)s
      GROUP BY partner_id
    ), complained AS (
        SELECT partner_id, count(*) AS number
          FROM dealer_complaint
         WHERE partner_id = ANY(%(ids)s) AND state <> 'withdrawn'
           AND date_received >= %(one_year)s
      GROUP BY partner_id
    )
    SELECT c.id, v.last, v.first, COALESCE(v.days, 0), b.last, COALESCE(b.cars, 0),
           COALESCE(v.paid, 0), COALESCE(v.amount, 0)::float,
           COALESCE(r.number, 0), COALESCE(a.scored, 0), COALESCE(a.satisfied, 0),
           COALESCE(x.number, 0)
      FROM customer c
 LEFT JOIN visited v ON v.id = c.id
 LEFT JOIN bought b ON b.partner_id = c.id
 LEFT JOIN referred r ON r.id = c.id
 LEFT JOIN asked a ON a.partner_id = c.id
 LEFT JOIN complained x ON x.partner_id = c.id
"""


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_value_facts(self):
        """What value and loyalty are judged by, in one query; other addons add theirs.

        Pending changes are in the database already.

        :return: dict partner id → ``tools.value_class.Facts``
        """
        branches = self.env["res.company"]._get_all_branches()
        todays = [branch._get_dealer_today() for branch in branches]
        today = max(todays)
        query = SQL(
            FACTS,
            ids=list(self.ids),
            **branches._get_branch_zones(),
            todays=todays,
            since=[
                day - relativedelta(months=branch.value_months)
                for branch, day in zip(branches, todays, strict=True)
            ],
            main=min(branches.ids),
            kinds=list(PAID_KINDS),
            one_year=today - relativedelta(months=12),
            two_years=today - relativedelta(months=24),
        )
        self.env.cr.execute(query)
        return {row[0]: Facts(*row[1:]) for row in self.env.cr.fetchall()}
