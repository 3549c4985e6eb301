# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.lifecycle import Limits
from odoo.tools import SQL

# Visits of the customer himself and of the cars he owned at the time.
LAST_VISITS = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                   AS z(company, name)
    ), visit AS (
        SELECT r.partner_id, r.company_id, r.date_delivered, NULL::date AS first,
               NULL::date AS last
          FROM repair_order r
         WHERE r.partner_id = ANY(%(ids)s) AND r.vehicle_id IS NOT NULL
           AND r.state = 'done' AND r.date_delivered IS NOT NULL
     UNION ALL
        SELECT l.partner_id, r.company_id, r.date_delivered, l.date_from, l.date_to
          FROM dealer_vehicle_party l
          JOIN repair_order r ON r.vehicle_id = l.vehicle_id
         WHERE l.partner_id = ANY(%(ids)s) AND l.role = 'owner'
           AND r.state = 'done' AND r.date_delivered IS NOT NULL
    ), dated AS (
        SELECT visit.*, (visit.date_delivered AT TIME ZONE 'UTC'
                         AT TIME ZONE COALESCE(zone.name, 'UTC'))::date AS day
          FROM visit LEFT JOIN zone ON zone.company = visit.company_id
    )
    SELECT partner_id, max(day)
      FROM dated
     WHERE day >= COALESCE(first, '-infinity') AND day <= COALESCE(last, 'infinity')
  GROUP BY partner_id
"""


class ResPartner(models.Model):
    """Visits to the workshop make a customer active, their absence at risk or lost."""

    _inherit = "res.partner"

    def _get_lifecycle_facts(self):
        facts = super()._get_lifecycle_facts()
        companies = self.env["res.company"]._get_all_branches()
        self.env.cr.execute(
            SQL(
                LAST_VISITS,
                ids=list(self.ids),
                **companies._get_branch_zones(),
            )
        )
        for partner_id, day in self.env.cr.fetchall():
            facts[partner_id] = facts[partner_id]._replace(last_visit=day)
        return facts


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_at_risk_days = fields.Integer(
        "At Risk after (days)",
        default=180,
        help="Without a visit or purchase. 0: never.",
    )
    lifecycle_lost_days = fields.Integer(
        "Lost after (days)",
        default=365,
        help="Without a visit or purchase. 0: never.",
    )

    _lifecycle_days_check = models.Constraint(
        "CHECK (lifecycle_at_risk_days >= 0 AND lifecycle_lost_days >= 0 "
        "AND (lifecycle_lost_days = 0 "
        "OR lifecycle_lost_days >= lifecycle_at_risk_days))",
        "Lost after (days): a customer is at risk before he is lost.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"lifecycle_at_risk_days", "lifecycle_lost_days"} & vals.keys():
            self._request_lifecycle_job()
        return result

    @api.model
    def _request_lifecycle_job(self):
        """All customers are judged anew soon, not only in the coming night."""
        cron = self.env.ref("dealer_crm.ir_cron_update_lifecycle", False)
        if cron:
            cron.sudo()._trigger()

    def _get_lifecycle_limits(self):
        company = self.sudo()
        return Limits(company.lifecycle_at_risk_days, company.lifecycle_lost_days)
