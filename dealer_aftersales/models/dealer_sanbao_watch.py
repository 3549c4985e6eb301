# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import sanbao
from .dealer_sanbao_alert import SANBAO_KINDS, SANBAO_LEVELS

#: Accidents, maintenance and other work are not repairs in the sense of the law.
REPAIR_KINDS = ("warranty", "general", "comeback")

# Days at the branch of the order; a car is ready when the workshop says so, not
# when it is fetched.
VISITS = """
    SELECT r.vehicle_id, r.id, r.name,
           (r.date_in AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(z.name, 'UTC'))::date,
           (COALESCE(CASE WHEN r.service_state IN ('ready', 'delivered')
                          THEN ready.date END, r.date_delivered)
            AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(z.name, 'UTC'))::date,
           r.odometer_in
      FROM repair_order r
 LEFT JOIN unnest(%(companies)s::int[], %(zones)s::text[]) AS z(company, name)
        ON z.company = r.company_id
 LEFT JOIN LATERAL (
           SELECT max(l.date) AS date FROM dealer_repair_log l
            WHERE l.repair_id = r.id AND l.state_to = 'ready') ready ON TRUE
     WHERE r.vehicle_id = ANY(%(vehicles)s)
       AND r.service_kind = ANY(%(kinds)s)
       AND r.service_state NOT IN ('appointment', 'cancelled')
       AND r.date_in IS NOT NULL
  ORDER BY r.vehicle_id, r.date_in, r.id
"""

PARTS = """
    SELECT m.repair_id, t.id
      FROM stock_move m
      JOIN product_product p ON p.id = m.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id
     WHERE m.repair_id = ANY(%s) AND m.repair_line_type = 'add'
       AND m.state = 'done' AND t.main_part IS NOT NULL
"""


class DealerSanbaoWatch(models.Model):
    """How near a household car is to the thresholds of the law (idea 9).

    One row per car that was repaired inside its term. Rows are counted by the
    system, at once when an order moves and for all cars at night.
    """

    _name = "dealer.sanbao.watch"
    _description = "Three Guarantees Watch"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "level_rank desc, days desc, id"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Branch", required=True, readonly=True)
    owner_id = fields.Many2one(related="vehicle_id.owner_id", string="Owner")
    model_id = fields.Many2one(related="vehicle_id.model_id", string="Model")
    advisor_id = fields.Many2one(
        related="vehicle_id.advisor_id", string="Service Advisor"
    )
    rule_id = fields.Many2one("dealer.sanbao.rule", readonly=True)
    date_start = fields.Date("Term from", readonly=True)
    date_end = fields.Date("Term until", readonly=True, index=True)
    odometer_end = fields.Integer("Term until (km)", readonly=True)
    visits = fields.Integer(readonly=True)
    days = fields.Integer(readonly=True, help="Calendar days in the workshop.")
    visit_days = fields.Integer("Longest Visit", readonly=True)
    fault_count = fields.Integer("Same Fault", readonly=True)
    fault_name = fields.Char("Fault", readonly=True)
    part_count = fields.Integer("Same Part", readonly=True)
    part_name = fields.Char("Main Part", readonly=True)
    safety_count = fields.Integer("Safety Fault", readonly=True)
    level = fields.Selection(SANBAO_LEVELS, readonly=True, index=True)
    level_rank = fields.Integer(readonly=True, default=0)
    kind = fields.Selection(SANBAO_KINDS, "Reason", readonly=True)
    alert_ids = fields.One2many(related="vehicle_id.sanbao_alert_ids")

    _vehicle_uniq = models.UniqueIndex("(vehicle_id)", "The car is watched already.")

    @api.model
    def _get_visits(self, vehicles):
        """Repairs of cars as facts, with a constant number of queries.

        :return: dict {vehicle id: list of tools.sanbao.Visit, the oldest first}
        """
        self.env.flush_all()
        branches = self.env["res.company"]._get_all_branches()
        rows = self.env.execute_query(
            SQL(
                VISITS,
                **branches._get_branch_zones(),
                vehicles=vehicles.ids,
                kinds=list(REPAIR_KINDS),
            )
        )
        repairs = [row[1] for row in rows]
        faults, parts = self._get_faults(repairs), self._get_parts(repairs)
        visits = {}
        for vehicle, repair, name, start, stop, km in rows:
            visit = sanbao.Visit(
                repair,
                name,
                start,
                stop,
                km,
                faults.get(repair, {}),
                parts.get(repair, {}),
            )
            visits.setdefault(vehicle, []).append(visit)
        return visits

    @api.model
    def _get_faults(self, repair_ids):
        """{order id: {fault key: (label, is safety)}}"""
        concerns = self.env["dealer.repair.concern"].sudo()
        concerns = concerns.search_fetch([("repair_id", "in", repair_ids)])
        faults = {}
        for concern in concerns:
            key, label, is_safety = concern._get_fault()
            if key:
                order = faults.setdefault(concern.repair_id.id, {})
                order[key] = (label, is_safety)
        return faults

    @api.model
    def _get_parts(self, repair_ids):
        """{order id: {part key: label}} of main parts that were put in."""
        rows = self.env.execute_query(SQL(PARTS, repair_ids)) if repair_ids else []
        templates = self.env["product.template"].sudo().browse({row[1] for row in rows})
        names = {template.id: template.name for template in templates}
        parts = {}
        for repair, template in rows:
            parts.setdefault(repair, {})[str(template)] = names[template]
        return parts

    @api.model
    def _count_cars(self, vehicles):
        """The row of each car that the law covers and that was repaired in its term.

        :return: dict {vehicle: (values of the row, findings)}
        """
        vehicles = vehicles.sudo()
        covered = vehicles.filtered(lambda v: v._get_sanbao_term())
        visits = self._get_visits(covered) if covered else {}
        editions = self.env["dealer.sanbao.rule"]._get_editions()
        counted = {}
        for car in covered:
            start, end_day, end_km = car._get_sanbao_term()
            rule = next((r for r in editions if r[0] <= start), None)
            mine = sanbao.inside(visits.get(car.id, []), end_day, end_km)
            if not rule or not mine:
                continue
            branch = car.company_id or self.env.company
            today = branch._get_dealer_today()
            counts = sanbao.count_all(mine, today)
            findings = sanbao.judge(counts, rule[2])
            values = self._prepare_row(counts, findings)
            values.update(
                vehicle_id=car.id,
                company_id=branch.id,
                rule_id=rule[1],
                date_start=start,
                date_end=end_day,
                odometer_end=end_km or 0,
                visits=len(mine),
            )
            counted[car] = (values, findings, mine)
        return counted

    @api.model
    def _prepare_row(self, counts, findings):
        """The greatest number of each kind, and the gravest finding."""

        def most(kind):
            found = [c for c in counts if c.kind == kind]
            return max(found, key=lambda c: c.number, default=None)

        fault, part, safety = most("fault"), most("part"), most("safety")
        worst = findings[0] if findings else None
        return {
            "days": most("days").number,
            "visit_days": most("visit").number,
            "fault_count": fault.number if fault else 0,
            "fault_name": fault.label if fault else None,
            "part_count": part.number if part else 0,
            "part_name": part.label if part else None,
            "safety_count": safety.number if safety else 0,
            "level": worst.level if worst else None,
            "level_rank": 1 + sanbao.LEVELS.index(worst.level) if worst else 0,
            "kind": worst.kind if worst else None,
        }


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    sanbao_watch_ids = fields.One2many("dealer.sanbao.watch", "vehicle_id")
    sanbao_alert_ids = fields.One2many("dealer.sanbao.alert", "vehicle_id")

    def _get_sanbao_term(self):
        """(first day, last day, last kilometre), None where the law covers nothing."""
        self.ensure_one()
        model, start = self.model_id, self.first_purchase_date
        if self.usage != "private" or not start or not model.sanbao_months:
            return None
        end = start + relativedelta(months=model.sanbao_months)
        return start, end, model.sanbao_km
