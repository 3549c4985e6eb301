# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

QUERY = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[], %(days)s::date[])
                   AS z(company, name, today)
    ), done AS (
        SELECT c.id, c.planned_date, c.company_id, c.user_id, c.lead_id,
               (c.date AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date AS day
          FROM dealer_contact c
          JOIN zone ON zone.company = c.company_id
         WHERE c.planned_date IS NOT NULL
    )
    SELECT id * 2 AS id, planned_date, company_id, user_id, lead_id,
           id AS contact_id, day AS date_done, TRUE AS is_done,
           day <= planned_date AS is_on_time
      FROM done
 UNION ALL
    SELECT l.id * 2 + 1, l.next_contact_date, zone.company, l.user_id, l.id,
           NULL, NULL, FALSE, FALSE
      FROM crm_lead l
      JOIN res_users u ON u.id = l.user_id
      JOIN zone ON zone.company = COALESCE(l.company_id, u.company_id)
     WHERE l.active AND COALESCE(l.won_status, 'pending') = 'pending'
       AND l.next_contact_date < zone.today
"""


class DealerPlanKept(models.Model):
    """Follow-ups that were due: carried out, on time or late, or still waiting.

    A line per planned contact: those that a contact ended, by the day they were
    planned for, and those of open leads that are overdue at the branch today. What is
    planned for today or later is not due yet.
    """

    _name = "dealer.plan.kept"
    _description = "Follow-up due"
    _auto = False
    _order = "planned_date desc, id desc"
    _rec_name = "lead_id"
    _depends = {
        "dealer.contact": ["planned_date", "date", "company_id", "user_id", "lead_id"],
        "crm.lead": ["next_contact_date", "active", "won_status", "user_id"],
    }

    planned_date = fields.Date("Planned for", readonly=True)
    date_done = fields.Date("Done on", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    contact_id = fields.Many2one("dealer.contact", "Contact Record", readonly=True)
    user_id = fields.Many2one("res.users", "Consultant", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    is_done = fields.Boolean("Done", readonly=True)
    is_on_time = fields.Boolean("On Time", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        return SQL(
            QUERY,
            **companies._get_branch_zones(),
            days=[company._get_dealer_today() for company in companies],
        )


class DealerKpi(models.Model):
    _inherit = "dealer.kpi"

    def _get_countable_models(self):
        return super()._get_countable_models() | {"dealer.plan.kept"}
