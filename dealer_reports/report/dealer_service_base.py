# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.tools import SQL

MONTHS_SHOWN = 24
#: Active is who was here within so many months.
ACTIVE_MONTHS = 12

# A customer's car in each month since it is known: the newest visits before the month
# began and before it ended.
QUERY = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                   AS z(company, name)
    ), month AS (
        SELECT day::date AS first, (day + interval '1 month - 1 day')::date AS last
          FROM generate_series(%(first)s::date, %(today)s::date, interval '1 month')
            AS day
    )
    SELECT v.id::bigint * 10000 + (extract(year FROM month.first)::int - 2000) * 12
           + extract(month FROM month.first)::int AS id,
           month.last AS month_end, v.id AS vehicle_id, v.owner_id AS partner_id,
           v.company_id, seen.first AS first_visit_on, seen.last AS last_visit_on,
           COALESCE(seen.before >= month.first - %(active)s, FALSE) AS is_active_start,
           COALESCE(seen.last > month.last - %(active)s, FALSE) AS is_active,
           COALESCE(seen.first >= month.first, FALSE) AS is_new
      FROM month
CROSS JOIN fleet_vehicle v
 LEFT JOIN zone ON zone.company = v.company_id
CROSS JOIN LATERAL (
           SELECT min(day) AS first, max(day) AS last,
                  max(day) FILTER (WHERE day < month.first) AS before
             FROM (SELECT (r.date_delivered AT TIME ZONE 'UTC'
                           AT TIME ZONE COALESCE(zone.name, 'UTC'))::date AS day
                     FROM repair_order r
                    WHERE r.vehicle_id = v.id AND r.state = 'done'
                      AND r.date_delivered IS NOT NULL) visit
            WHERE day <= month.last) seen
     WHERE v.trade_state = 'customer' AND v.active AND v.company_id IS NOT NULL
       AND (seen.first IS NOT NULL OR v.first_purchase_date <= month.last)
"""


class DealerServiceBase(models.Model):
    """The base of customers' cars month by month: active, new, still there.

    Active is a car with a visit within the twelve months before; new is one whose first
    visit of all was in the month. Active rate and retention are counted from it.
    """

    _name = "dealer.service.base"
    _description = "Base of Cars by Month"
    _auto = False
    _order = "month_end desc, id"
    _rec_name = "vehicle_id"
    _depends = {
        "repair.order": ["date_delivered", "state", "vehicle_id"],
        "fleet.vehicle": [
            "active",
            "company_id",
            "first_purchase_date",
            "owner_id",
            "trade_state",
        ],
    }

    month_end = fields.Date("Month", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    license_plate = fields.Char(related="vehicle_id.license_plate")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    first_visit_on = fields.Date("First Visit", readonly=True)
    last_visit_on = fields.Date("Last Visit by then", readonly=True)
    is_active_start = fields.Boolean("Active at the Start", readonly=True)
    is_active = fields.Boolean("Active at the End", readonly=True)
    is_new = fields.Boolean("New", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        today = max(company._get_dealer_today() for company in companies)
        first = today.replace(day=1) - relativedelta(months=MONTHS_SHOWN)
        return SQL(
            QUERY,
            **companies._get_branch_zones(),
            first=first,
            today=today,
            active=SQL("interval %s", f"{ACTIVE_MONTHS} months"),
        )
