# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools.reduction import get_reduction

#: Follows from the rule of the promotion.
RULED_FIELDS = frozenset(
    "promotion_id product_id product_uom_qty price_unit discount tax_ids".split()
)


class SaleOrder(models.Model):
    """Promotions on a quotation: offered, taken with one click, named on the paper."""

    _inherit = "sale.order"

    promotion_offer_ids = fields.Many2many(
        "dealer.promotion",
        string="Promotions offered",
        compute="_compute_promotion_offer_ids",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("partner_id", "state", "company_id", "order_line.promotion_id")
    def _compute_promotion_offer_ids(self):
        promotions = self.env["dealer.promotion"]
        for order in self:
            offers = promotions
            if order.state in ("draft", "sent") and order.partner_id:
                offers = promotions._get_offers(
                    "sale", order.company_id, order.partner_id._origin
                )
            order.promotion_offer_ids = offers - order.order_line.promotion_id

    def _apply_promotion(self, promotion):
        """Add the lines of a promotion.

        :raises UserError: outside of its period or group, on a paper that is closed,
            or where there is nothing it is on
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("draft", "sent"):
            raise UserError(self.env._("Promotions are given on open quotations."))
        promotion._check_offered("sale", self.company_id, self.partner_id)
        order = self.sudo()
        order.order_line.filtered(lambda li: li.promotion_id == promotion).unlink()
        lines = order._prepare_promotion_lines(promotion)
        if not lines:
            raise UserError(
                self.env._(
                    "%(name)s: nothing on this paper is what it is given for, or the "
                    "amount is too low.",
                    name=promotion.name,
                )
            )
        order.write({"order_line": [Command.create(values) for values in lines]})

    def _prepare_promotion_lines(self, promotion):
        """Values of the lines; a discount has one per tax of what it is on."""
        self.ensure_one()
        lines = self.order_line.filtered(
            lambda li: not li.display_type and not li.promotion_id
        )
        kinds = {"service": "labor"}
        covered = lines.filtered(
            lambda li: promotion._covers(
                li.product_id, kinds.get(li.product_id.type, "parts")
            )
        )
        values = {"promotion_id": promotion.id, "sequence": 900}
        base = sum(covered.mapped("price_subtotal"))
        if promotion.kind == "gift":
            is_low = base < self._to_order_currency(promotion.amount_min)
            is_given = covered and not is_low
            return self._prepare_gift(promotion, values) if is_given else []
        wanted = self._get_discount(promotion, base)
        total = min(self._get_open_amount(promotion), wanted)
        return self._prepare_discounts(promotion, covered, total, values)

    def _get_open_amount(self, promotion):
        """What other promotions left to take off, before tax."""
        lines = self.order_line.filtered(
            lambda li: not li.display_type and li.promotion_id != promotion
        )
        return max(0.0, sum(lines.mapped("price_subtotal")))

    def _to_order_currency(self, amount):
        day = (self.date_order or fields.Datetime.now()).date()
        currency = self.company_id.currency_id
        return currency._convert(amount, self.currency_id, self.company_id, day)

    def _get_discount(self, promotion, base):
        """A promotion's amounts are in the currency of the branch."""
        if base < self._to_order_currency(promotion.amount_min):
            return 0.0
        amount = self._to_order_currency(promotion.amount)
        return get_reduction(promotion.kind, base, promotion.percent, amount)

    def _prepare_discounts(self, promotion, covered, total, values):
        """A line per tax of what the discount is on, together ``total``."""
        if not total:
            return []
        base = sum(covered.mapped("price_subtotal"))
        product = self._get_reduction_product()
        parts = covered.grouped("tax_ids")
        return [
            values
            | {
                "product_id": product.id,
                "name": promotion.name,
                "product_uom_qty": 1.0,
                "price_unit": -self.currency_id.round(
                    total * self._get_gross_share(part, base)
                ),
                "tax_ids": [Command.set(taxes.ids)],
            }
            for taxes, part in parts.items()
        ]

    def _get_reduction_product(self):
        """The product that sells discounts: the branch's own, else the one shipped."""
        own = self.company_id.sudo().reduction_product_id
        return own or self.env.ref("dealer_aftersales.product_reduction")

    def _get_gross_share(self, lines, base):
        """Share of the lines, grossed up where their prices contain the tax."""
        untaxed = sum(lines.mapped("price_subtotal"))
        share = untaxed / base
        if any(lines.tax_ids.flatten_taxes_hierarchy().mapped("price_include")):
            share *= sum(lines.mapped("price_total")) / untaxed if untaxed else 1.0
        return share

    def _prepare_gift(self, promotion, values):
        product = promotion.gift_product_id
        return [
            values
            | {
                "product_id": product.id,
                "name": f"{promotion.name}: {product.display_name}",
                "product_uom_qty": promotion.gift_quantity,
                "price_unit": 0.0,
            }
        ]

    def _refresh_promotions(self):
        """Discounts follow what they are on; what was promised is kept."""
        for order in self.sudo().filtered(lambda o: o.state in ("draft", "sent")):
            for promotion, lines in order.order_line.grouped("promotion_id").items():
                if not promotion:
                    continue
                wanted = order._prepare_promotion_lines(promotion)
                if promotion.kind == "gift":
                    if not wanted:
                        lines.unlink()
                    continue
                now = [(li.tax_ids.ids, li.price_unit) for li in lines]
                if now != [(v["tax_ids"][0][2], v["price_unit"]) for v in wanted]:
                    lines.unlink()
                    order.write({"order_line": [Command.create(v) for v in wanted]})

    def action_confirm(self):
        self._refresh_promotions()
        return super().action_confirm()

    def action_quotation_send(self):
        self._refresh_promotions()
        return super().action_quotation_send()

    def _get_copiable_order_lines(self):
        """A copy is a new paper: what is offered then is taken then."""
        lines = super()._get_copiable_order_lines()
        return lines.filtered(lambda line: not line.promotion_id)

    def _get_update_prices_lines(self):
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.promotion_id)


class SaleOrderLine(models.Model):
    """Why a line is cheaper, or free; such a line is deleted, never changed."""

    _inherit = "sale.order.line"

    promotion_id = fields.Many2one(
        "dealer.promotion",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        is_given = any(vals.get("promotion_id") for vals in vals_list)
        is_given = is_given or "default_promotion_id" in self.env.context
        if is_given and not self.env.su:
            self._refuse_promotion()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and RULED_FIELDS & vals.keys():
            if "promotion_id" in vals or self.sudo().promotion_id:
                self._refuse_promotion()
        return super().write(vals)

    def _refuse_promotion(self):
        raise AccessError(
            self.env._(
                "Promotion: its line follows its rule; delete the line to take the "
                "promotion back."
            )
        )
