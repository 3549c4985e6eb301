# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# A car and each offer whose limits it meets, all of them together.
QUERY = """
    SELECT v.id::bigint * 10000 + n.id AS id, v.id AS vehicle_id,
           v.owner_id AS partner_id, v.company_id, v.sales_user_id, v.advisor_id,
           n.id AS rule_id, n.sequence
      FROM fleet_vehicle v
      JOIN dealer_next_sale_rule n
        ON n.active AND n.kind = 'offer'
       AND (n.company_id IS NULL OR n.company_id = v.company_id)
       AND (n.age_min = 0 OR v.first_purchase_date
            <= (%(today)s::date - n.age_min * interval '1 year')::date)
       AND (COALESCE(n.age_max, 0) = 0 OR v.first_purchase_date
            > (%(today)s::date - n.age_max * interval '1 year')::date)
       AND (n.usage IS NULL OR n.usage = v.usage)
       AND (n.odometer_min = 0 OR n.odometer_min
            <= (SELECT o.value FROM fleet_vehicle_odometer o
                 WHERE o.vehicle_id = v.id AND o.state = 'accepted'
              ORDER BY o.segment DESC, o.date DESC NULLS LAST, o.id DESC
                 LIMIT 1))
       AND (n.interest_id IS NULL OR EXISTS (
            SELECT FROM %(interests)s i
             WHERE i.%(person)s = v.owner_id AND i.%(interest)s = n.interest_id))
       AND (COALESCE(n.due_days, 0) = 0 OR EXISTS (
            SELECT FROM dealer_maintenance_due d
             WHERE d.vehicle_id = v.id AND d.state = 'open'
               AND d.date_due <= %(today)s::date + n.due_days))
       AND (n.cost_min = 0 OR n.cost_min
            <= (SELECT sum(r.amount_total) FROM repair_order r
                 WHERE r.vehicle_id = v.id AND r.state = 'done'
                   AND r.date_delivered >= %(today)s::date - interval '1 year'))
     WHERE v.active AND v.trade_state = 'customer' AND v.owner_id IS NOT NULL
"""


class DealerNextSaleRule(models.Model):
    """A rule proposes the next car, or something for the present one (LOY-10)."""

    _inherit = "dealer.next.sale.rule"

    kind = fields.Selection(
        [("car", "Next Car"), ("offer", "Offer")],
        "Proposes",
        required=True,
        default="car",
        help="Next car: a lead for the sales department. Offer: a product or service "
        "that is recommended at the desk, on calls and on the order.",
    )
    offer = fields.Char("What we recommend", translate=True)
    product_id = fields.Many2one(
        "product.product", help="What the offer is about, for the estimate."
    )
    age_max = fields.Integer("Age below (years)", help="0: of any age.")
    usage = fields.Selection(
        selection=lambda self: self.env["fleet.vehicle"]
        ._fields["usage"]
        ._description_selection(self.env)
    )
    interest_id = fields.Many2one(
        "dealer.service.interest", help="The owner is interested in this."
    )
    due_days = fields.Integer(
        "Due within (days)", help="An item of the maintenance plan is due. 0: any."
    )

    _limits_check = models.Constraint(
        "CHECK (age_min >= 0 AND odometer_min >= 0 AND cost_min >= 0"
        " AND cost_percent >= 0 AND COALESCE(age_max, 0) >= 0"
        " AND COALESCE(due_days, 0) >= 0)",
        "Limits of a rule cannot be negative.",
    )
    _one_limit_check = models.Constraint(
        "CHECK (age_min > 0 OR odometer_min > 0 OR cost_min > 0 OR cost_percent > 0"
        " OR (kind = 'offer' AND (age_max > 0 OR due_days > 0 OR usage IS NOT NULL"
        " OR interest_id IS NOT NULL)))",
        "A rule needs a limit: with none it would propose every car.",
    )


class DealerOffer(models.Model):
    """What is recommended for which car, by the rules; always up to date.

    Persons who do not want advertising are not among them, whoever asks.
    """

    _name = "dealer.offer"
    _description = "Recommended Offer"
    _inherit = "dealer.car.list.mixin"
    _auto = False
    _order = "sequence, id"
    _rec_name = "rule_id"
    _depends = {
        "fleet.vehicle": [
            "active",
            "advisor_id",
            "company_id",
            "first_purchase_date",
            "owner_id",
            "sales_user_id",
            "trade_state",
            "usage",
        ],
        "repair.order": ["amount_total", "date_delivered", "state", "vehicle_id"],
        "fleet.vehicle.odometer": ["date", "segment", "state", "value", "vehicle_id"],
        "dealer.maintenance.due": ["date_due", "state", "vehicle_id"],
        "res.partner": ["service_interest_ids"],
        "dealer.next.sale.rule": [
            "active",
            "age_max",
            "age_min",
            "company_id",
            "cost_min",
            "due_days",
            "interest_id",
            "kind",
            "odometer_min",
            "sequence",
            "usage",
        ],
    }

    sequence = fields.Integer(readonly=True)
    offer = fields.Char(related="rule_id.offer")
    product_id = fields.Many2one(related="rule_id.product_id")

    @property
    def _table_query(self):
        interests = self.env["res.partner"]._fields["service_interest_ids"]
        return SQL(
            QUERY,
            today=self.env.company._get_dealer_today(),
            interests=SQL.identifier(interests.relation),
            person=SQL.identifier(interests.column1),
            interest=SQL.identifier(interests.column2),
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Only for those who may be offered anything."""
        wanted = self.env["res.partner"]._get_consent_domain("call", "marketing")
        domain = Domain(domain) & Domain("partner_id", "any!", wanted)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _find_offers(self, vehicles):
        """What may be recommended for these cars, whoever stands at the desk.

        :return: dict vehicle id → texts in the order of the rules
        """
        if not vehicles or not self.has_access("read"):
            return {}
        found = {}
        for offer in self.sudo().search([("vehicle_id", "in", vehicles.ids)]):
            text = offer.offer or offer.rule_id.name
            found.setdefault(offer.vehicle_id.id, []).append(text)
        return found


class ResPartner(models.Model):
    """What may be recommended to the person at the desk."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        lines = super()._get_desk_now(vehicle)
        found = self.env["dealer.offer"]._find_offers(vehicle or self.vehicle_ids)
        texts = dict.fromkeys(text for texts in found.values() for text in texts)
        return lines + [
            self._line("success", "fa-gift", self.env._("Recommend: %(what)s", what=t))
            for t in texts
        ]


class DealerCallback(models.Model):
    """The caller may recommend the same, unless the call is a service notice only."""

    _inherit = "dealer.callback"

    offer_text = fields.Text("We recommend", compute="_compute_offer_text")

    @api.depends("vehicle_id", "is_service_notice")
    @api.depends_context("lang", "uid")
    def _compute_offer_text(self):
        found = self.env["dealer.offer"]._find_offers(self.vehicle_id)
        for callback in self:
            texts = found.get(callback.vehicle_id.id, [])
            shown = [] if callback.is_service_notice else texts
            callback.offer_text = "\n".join(shown)
