# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# One line per car and month in which the branch settled it; the first order of the
# month gives the line its id, so that a closed month keeps it.
QUERY = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                   AS z(company, name)
    ), visit AS (
        SELECT r.id, r.vehicle_id, r.company_id, r.partner_id,
               (r.date_delivered AT TIME ZONE 'UTC'
                AT TIME ZONE COALESCE(zone.name, 'UTC'))::date AS day
          FROM repair_order r
     LEFT JOIN zone ON zone.company = r.company_id
         WHERE r.vehicle_id IS NOT NULL AND r.state = 'done'
           AND r.date_delivered IS NOT NULL
    ), settled AS (
        SELECT min(id) AS id, vehicle_id, company_id, max(partner_id) AS partner_id,
               date_trunc('month', day)::date AS month, count(*) AS visit_count,
               lead(min(day)) OVER (
                   PARTITION BY vehicle_id, company_id
                   ORDER BY date_trunc('month', day)) AS next_visit_on
          FROM visit
      GROUP BY vehicle_id, company_id, date_trunc('month', day)
    )
    SELECT s.id, s.vehicle_id, s.company_id, s.partner_id, s.month, s.visit_count,
           s.next_visit_on,
           (s.month + make_interval(months => c.churn_months + 1)
            - interval '1 day')::date AS judged_on,
           COALESCE(s.next_visit_on >= s.month
                    + make_interval(months => c.churn_months + 1), TRUE) AS is_lost
      FROM settled s
      JOIN res_company c ON c.id = s.company_id
"""


class DealerVisitCohort(models.Model):
    """Cars settled in a month and whether they came again (流失率, domain.md 8).

    A line is judged at the end of the month that lies the branch's number of months
    later: a car that was not seen by then is lost. Churn of month N is the lost ones
    among all lines judged in N.
    """

    _name = "dealer.visit.cohort"
    _description = "Cars settled and seen again"
    _auto = False
    _order = "month desc, id desc"
    _rec_name = "vehicle_id"
    _depends = {
        "repair.order": [
            "company_id",
            "date_delivered",
            "partner_id",
            "state",
            "vehicle_id",
        ],
        "res.company": ["churn_months"],
    }

    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    license_plate = fields.Char(related="vehicle_id.license_plate")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    month = fields.Date("Settled in", readonly=True)
    visit_count = fields.Integer("Visits in the Month", readonly=True)
    next_visit_on = fields.Date("Seen again on", readonly=True)
    judged_on = fields.Date(
        readonly=True, help="Who was not seen again by this day is lost."
    )
    is_lost = fields.Boolean("Not seen again", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        return SQL(QUERY, **companies._get_branch_zones())


class ResCompany(models.Model):
    _inherit = "res.company"

    churn_months = fields.Integer(
        "Lost after (months)",
        default=6,
        help="The churn rate looks at cars settled so many months before.",
    )

    @api.constrains("churn_months")
    def _check_churn_months(self):
        for company in self:
            if not 1 <= company.churn_months <= 60:
                raise ValidationError(
                    self.env._("Lost after (months): between 1 and 60.")
                )


class DealerKpi(models.Model):
    """Figures over cohorts and the base of cars."""

    _inherit = "dealer.kpi"

    @api.model
    def _get_countable_models(self):
        base = {"dealer.visit.cohort", "dealer.service.base"}
        return super()._get_countable_models() | base
