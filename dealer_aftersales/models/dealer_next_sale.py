# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

# No client can send this very object: the customer stands at the desk.
IN_PERSON = object()
#: A car and the first rule it fulfils; nobody whom we are already selling a car to.
QUERY = """
    SELECT v.id, v.id AS vehicle_id, v.owner_id AS partner_id, v.company_id,
           v.sales_user_id, v.advisor_id, v.first_purchase_date,
           COALESCE(spent.cost, 0) AS cost, COALESCE(spent.visits, 0) AS visit_count,
           rule.id AS rule_id
      FROM fleet_vehicle v
 LEFT JOIN (SELECT r.vehicle_id, sum(r.amount_total) AS cost, count(*) AS visits
              FROM repair_order r
             WHERE r.date_delivered >= %(since)s AND r.vehicle_id IS NOT NULL
               AND r.state = 'done'
          GROUP BY r.vehicle_id) spent ON spent.vehicle_id = v.id
CROSS JOIN LATERAL (
           SELECT n.id
             FROM dealer_next_sale_rule n
            WHERE n.active AND n.kind = 'car'
              AND (n.company_id IS NULL OR n.company_id = v.company_id)
              AND (n.age_min = 0 OR v.first_purchase_date
                   <= %(today)s::date - n.age_min * interval '1 year')
              AND (n.cost_min = 0 AND n.cost_percent = 0
                   OR n.cost_min > 0 AND spent.cost >= n.cost_min
                   OR n.cost_percent > 0 AND spent.cost >= n.cost_percent / 100
                      * (SELECT NULLIF(p.price, 0) FROM dealer_vehicle_party p
                          WHERE p.vehicle_id = v.id AND p.role = 'owner'
                            AND p.date_to IS NULL LIMIT 1))
              AND (n.odometer_min = 0 OR n.odometer_min
                   <= (SELECT o.value FROM fleet_vehicle_odometer o
                        WHERE o.vehicle_id = v.id AND o.state = 'accepted'
                     ORDER BY o.segment DESC, o.date DESC NULLS LAST, o.id DESC
                        LIMIT 1))
         ORDER BY n.sequence, n.id
            LIMIT 1) rule
     WHERE v.active AND v.trade_state = 'customer' AND v.owner_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM crm_lead l
                        WHERE l.partner_id = v.owner_id AND l.active
                          AND COALESCE(l.won_status, 'pending') = 'pending')
"""


class DealerNextSale(models.Model):
    """Cars whose owners may soon want another, by the rules; always up to date.

    Persons who do not want advertising are not among them, whoever asks.
    """

    _name = "dealer.next.sale"
    _description = "Next Sale"
    _inherit = "dealer.car.list.mixin"
    _auto = False
    _order = "cost desc, id"
    _rec_name = "vehicle_id"
    _depends = {
        "fleet.vehicle": [
            "active",
            "advisor_id",
            "company_id",
            "first_purchase_date",
            "owner_id",
            "sales_user_id",
            "trade_state",
        ],
        "repair.order": ["amount_total", "date_delivered", "state", "vehicle_id"],
        "fleet.vehicle.odometer": ["date", "segment", "state", "value", "vehicle_id"],
        "dealer.vehicle.party": ["date_to", "price", "role", "vehicle_id"],
        "dealer.next.sale.rule": [
            "active",
            "age_min",
            "company_id",
            "cost_min",
            "cost_percent",
            "kind",
            "odometer_min",
            "sequence",
        ],
        "crm.lead": ["active", "partner_id", "won_status"],
    }

    first_purchase_date = fields.Date("First Purchase", readonly=True)
    age_years = fields.Integer(related="vehicle_id.age_years")
    odometer = fields.Float(related="vehicle_id.odometer_total", string="Odometer (km)")
    cost = fields.Float("Repairs, 12 months", digits=(16, 2), readonly=True)
    visit_count = fields.Integer("Visits, 12 months", readonly=True)
    reason = fields.Char(compute="_compute_reason")

    @property
    def _table_query(self):
        today = self.env.company._get_dealer_today()
        since = fields.Datetime.to_datetime(today - relativedelta(months=12))
        return SQL(QUERY, today=today, since=since)

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Only who may be called with an offer."""
        partners = self.env["res.partner"]
        if self.env.context.get("dealer_next_sale") is IN_PERSON:
            wanted = partners._get_consent_domain("call", "marketing")
        else:
            wanted = partners._get_contactable_domain("call", "marketing")
        consents = self.env["dealer.consent"].sudo()
        refused = consents._get_refused_cars_domain("call", "marketing")
        domain = Domain(domain) & Domain("partner_id", "any!", wanted) & ~refused
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _find_in_person(self, vehicle):
        """The proposal for a car that is here: nobody is called with it.

        Its open repair order or too many calls of late are no hindrance then.
        """
        present = self.with_context(dealer_next_sale=IN_PERSON)
        return present.search([("vehicle_id", "=", vehicle.id)], limit=1)

    @api.depends("rule_id", "cost", "visit_count")
    def _compute_reason(self):
        for proposal in self:
            proposal.reason = proposal._get_reason()

    def _get_reason(self):
        """Age, repairs and kilometres in words, as far as they are known."""
        parts = []
        if self.first_purchase_date:
            parts.append(self.env._("%(years)s years old", years=self.age_years))
        if self.visit_count:
            parts.append(
                self.env._(
                    "repairs of %(amount)s in %(visits)s visits in 12 months",
                    amount=formatLang(self.env, self.cost, digits=0),
                    visits=self.visit_count,
                )
            )
        if self.odometer:
            km = formatLang(self.env, self.odometer, digits=0)
            parts.append(self.env._("%(km)s km", km=km))
        return ", ".join(parts)

    def action_open_repurchase(self):
        """Make the lead for the next car."""
        self.ensure_one()
        self.check_access("read")
        return self.vehicle_id.action_open_repurchase()
