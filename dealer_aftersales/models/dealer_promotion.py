# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.reduction import get_reduction


class DealerPromotion(models.Model):
    """A discount or a gift offered on quotations and repair orders for a time.

    It is proposed where it fits and taken with one click; outside of its period,
    branch or group it is neither offered nor accepted. What was taken inside the
    period stays on the paper (MKT-05).
    """

    _name = "dealer.promotion"
    _description = "Promotion"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        required=True, translate=True, help="Stands on the quotation and on the bill."
    )
    active = fields.Boolean(default=True)
    place = fields.Selection(
        [
            ("both", "Quotations and Repair Orders"),
            ("sale", "Quotations"),
            ("repair", "Repair Orders"),
        ],
        "Offered on",
        required=True,
        default="repair",
    )
    kind = fields.Selection(
        [("percent", "Discount in %"), ("amount", "Fixed Discount"), ("gift", "Gift")],
        required=True,
        default="percent",
    )
    scope = fields.Selection(
        [
            ("all", "Everything"),
            ("labor", "Labour"),
            ("parts", "Parts"),
            ("products", "These Products"),
        ],
        "Discount on",
        required=True,
        default="all",
        help="Labour and parts are told apart on repair orders; on quotations labour "
        "means services and parts means goods.",
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Products and Operations",
        help="Also for a gift: it is offered with one of these only.",
    )
    percent = fields.Float("Discount (%)")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    amount = fields.Monetary("Discount")
    gift_product_id = fields.Many2one("product.product", "Gift")
    gift_quantity = fields.Float("Pieces", default=1.0, digits="Product Unit")
    amount_min = fields.Monetary(
        "From an Amount of", help="Before tax, of what the discount is on. 0: any."
    )
    date_start = fields.Date(
        "Valid from", required=True, default=fields.Date.context_today, copy=False
    )
    date_end = fields.Date("Until", required=True, copy=False)
    segment_id = fields.Many2one(
        "dealer.segment", help="Only for customers or cars of this segment."
    )
    campaign_id = fields.Many2one(
        "utm.campaign", ondelete="restrict", help="What is taken counts for it."
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        default=lambda self: self.env.company,
        help="Empty: for all branches.",
    )
    conditions = fields.Text(translate=True, help="Small print, for the desk.")
    is_running = fields.Boolean(
        "Running", compute="_compute_is_running", search="_search_is_running"
    )

    _dates_check = models.Constraint(
        "CHECK (date_end >= date_start)", "Until: the end lies before the beginning."
    )
    _amounts_check = models.Constraint(
        "CHECK (COALESCE(percent, 0) BETWEEN 0 AND 100 AND COALESCE(amount, 0) >= 0"
        " AND COALESCE(amount_min, 0) >= 0)",
        "Discount: a share lies between 0 and 100 %, an amount is not negative.",
    )
    _period_idx = models.Index("(date_end, date_start) WHERE active")

    @api.depends("company_id")
    def _compute_currency_id(self):
        for promotion in self:
            company = promotion.company_id or self.env.company
            promotion.currency_id = company.currency_id

    @api.depends("date_start", "date_end", "active")
    def _compute_is_running(self):
        today = self.env.company._get_dealer_today()
        for promotion in self:
            promotion.is_running = promotion._is_inside(today)

    def _search_is_running(self, operator, value):
        if operator != "in":
            return NotImplemented
        return list(self._get_running_domain(self.env.company._get_dealer_today()))

    @api.constrains("kind", "percent", "amount", "gift_product_id", "gift_quantity")
    def _check_kind(self):
        for promotion in self:
            needed = {
                "percent": promotion.percent,
                "amount": promotion.amount,
                "gift": promotion.gift_product_id and promotion.gift_quantity > 0,
            }
            if not needed[promotion.kind]:
                raise ValidationError(
                    self.env._(
                        "Discount, Gift: say what %(name)s gives.", name=promotion.name
                    )
                )

    @api.constrains("scope", "product_ids")
    def _check_scope(self):
        for promotion in self:
            if promotion.scope == "products" and not promotion.product_ids:
                raise ValidationError(
                    self.env._("Products and Operations: name those that are meant.")
                )

    def _is_inside(self, day):
        self.ensure_one()
        return (
            self.active
            and bool(self.date_start and self.date_end)
            and self.date_start <= day <= self.date_end
        )

    @api.model
    def _get_running_domain(self, day):
        return (
            Domain("date_start", "<=", day)
            & Domain("date_end", ">=", day)
            & Domain("active", "=", True)
        )

    @api.model
    def _get_offers(self, place, company, partner, vehicle=None):
        """Promotions that this customer with this car is offered today.

        :param place: "sale" or "repair"
        """
        found = self.search(
            self._get_running_domain(company._get_dealer_today())
            & Domain("place", "in", (place, "both"))
            & Domain("company_id", "in", (company.id, False)),
            order="date_end, id",
        )
        return found.filtered(lambda p: p._is_for(partner, vehicle))

    def _is_for(self, partner, vehicle=None):
        """Whether the customer or his car is in the promotion's segment."""
        self.ensure_one()
        segment = self.segment_id.sudo()
        if not segment:
            return True
        record = partner if segment.model == "res.partner" else vehicle
        if not record:
            return False
        domain = segment._get_domain() & Domain("id", "in", record.ids)
        return bool(record.sudo().search_count(domain, limit=1))

    def _check_offered(self, place, company, partner, vehicle=None):
        """:raises UserError: with the reason why it is not given here and today"""
        self.ensure_one()
        if not self._is_inside(company._get_dealer_today()):
            raise UserError(
                self.env._(
                    "%(name)s is offered from %(start)s until %(end)s only.",
                    name=self.name,
                    start=self.date_start,
                    end=self.date_end,
                )
            )
        if self not in self._get_offers(place, company, partner, vehicle):
            raise UserError(
                self.env._(
                    "%(name)s is not offered here: another branch, paper or group of "
                    "customers is meant.",
                    name=self.name,
                )
            )

    def _get_reduction(self, base):
        """What is taken off ``base``, the amount it is on; 0 below its minimum."""
        self.ensure_one()
        if self.kind == "gift" or base < self.amount_min:
            return 0.0
        return get_reduction(self.kind, base, self.percent, self.amount)

    def _covers(self, product, kind):
        """Whether a line is what the discount is on.

        :param kind: "labor", "parts" or "fee"
        """
        self.ensure_one()
        if self.scope == "products":
            return product in self.product_ids
        return self.scope in ("all", kind)
