# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.reduction import get_reduction
from ..tools.service_state import CLOSED


class RepairOrder(models.Model):
    """What the customer pays less on an order: promotions, his card, his points.

    Only on lines he pays himself; warranty, insurer and house pay their prices. Taken
    in this order, each from what is left, so that nobody is paid for coming. The card
    is judged on the day the car came in.
    """

    _inherit = "repair.order"

    is_member_discount_off = fields.Boolean(
        "No Member Discount", readonly=True, copy=False
    )

    def _refresh_reductions(self):
        """Bring the discounts in line with the work; nothing on closed orders."""
        if self.env.context.get("dealer_reducing"):
            return
        repairs = self.sudo().with_context(dealer_reducing=True)
        repairs = repairs.filtered(lambda r: r.vehicle_id and not r._is_price_final())
        if not repairs:
            return
        cards = repairs._get_member_cards()
        for repair in repairs:
            card = cards.get(repair)
            if card or any(line.reduction for line in repair.fee_ids):
                repair._refresh_own_reductions(card)
            if repair.estimate_state != "none":
                repair._ask_again()

    def _is_price_final(self):
        """Delivered, cancelled or invoiced: what was agreed stays as it is."""
        self.ensure_one()
        if self.date_delivered or self.service_state in CLOSED:
            return True
        orders = self.settlement_order_ids.filtered(lambda o: o.state != "cancel")
        return any(i.state != "cancel" for i in orders.invoice_ids)

    def _get_member_cards(self):
        """Valid card of who pays as customer, by order: a query per branch and day."""
        cards = {}
        wanted = self.filtered(lambda r: not r.is_member_discount_off)
        memberships = self.env["dealer.membership"]
        groups = wanted.grouped(lambda r: (r.company_id, r._get_visit_day()))
        for (company, day), repairs in groups.items():
            payers = {r: r._get_payer_partner("customer") for r in repairs}
            partners = self.env["res.partner"].union(*payers.values())
            found = memberships._find_valid(partners, company, day)
            cards |= {r: found[p] for r, p in payers.items() if p in found}
        return cards

    def _get_visit_day(self):
        """The day the car came in at its branch; today while it is expected."""
        self.ensure_one()
        company = self.company_id or self.env.company
        if not self.date_in:
            return company._get_dealer_today()
        local = self.with_context(tz=company._get_dealer_tz())
        return fields.Datetime.context_timestamp(local, self.date_in).date()

    def _refresh_own_reductions(self, card):
        self.ensure_one()
        left = self._get_reducible_amount()
        for line in self._get_reductions("promotion"):
            promotion = line.promotion_id
            base = self._get_reducible_amount(promotion)
            if promotion.kind == "gift" and base < promotion.amount_min:
                line.unlink()
                continue
            amount = min(left, promotion._get_reduction(base))
            left -= self._set_reduction(line, amount)
        left -= self._refresh_member_discount(card, left)
        self._refresh_points(left)

    def _get_reductions(self, kind):
        return self.fee_ids.filtered(lambda line: line.reduction == kind)

    def _get_customer_lines(self):
        """Priced lines that the customer pays, without the discounts."""
        return [
            line
            for line in self._get_priced_lines()
            if line.payer == "customer"
            and not (line._name == "dealer.repair.labor" and line.reduction)
        ]

    def _get_reducible_amount(self, promotion=None):
        """What a discount is on, before tax."""
        return sum(
            line._get_billed_amount()
            for line in self._get_customer_lines()
            if not promotion
            or promotion._covers(line.product_id, self._get_line_kind(line))
        )

    @api.model
    def _get_line_kind(self, line):
        """Kind of a priced line: labor, parts or fee."""
        return "parts" if line._name == "stock.move" else line.kind

    def _set_reduction(self, line, amount):
        """Store the amount of a discount; one of nothing goes, except a gift.

        :return: what is taken off
        """
        amount = self.currency_id.round(amount)
        if line.promotion_id.kind == "gift":
            return 0.0
        if self.currency_id.is_zero(amount):
            line.unlink()
            return 0.0
        if self.currency_id.compare_amounts(line.price_unit, -amount):
            line.price_unit = -amount
        return amount

    def _add_reduction(self, name, amount, **values):
        """A new line that takes ``amount`` off what the customer pays."""
        return self.env["dealer.repair.labor"].create(
            {
                "repair_id": self.id,
                "kind": "fee",
                "name": name,
                "hours": 1.0,
                "price_unit": -self.currency_id.round(amount),
                "payer": "customer",
                "sequence": 900,
                **values,
            }
        )

    def _refresh_member_discount(self, card, left):
        """The line of the member's card; :return: what it takes off"""
        lines = self._get_reductions("membership")
        amount = min(left, self._get_member_discount(card)) if card else 0.0
        if not card or self.currency_id.is_zero(amount):
            lines.unlink()
            return 0.0
        if lines.membership_id != card:
            lines.unlink()
            self._add_reduction(
                self._get_member_text(card),
                amount,
                reduction="membership",
                membership_id=card.id,
            )
            return amount
        return self._set_reduction(lines[:1], amount)

    def _get_member_discount(self, card):
        """Labour and parts each with their share; fees are not reduced."""
        level = card.level_id
        sums = {"labor": 0.0, "parts": 0.0, "fee": 0.0}
        for line in self._get_customer_lines():
            sums[self._get_line_kind(line)] += line._get_billed_amount()
        return get_reduction("percent", sums["labor"], level.discount_labor) + (
            get_reduction("percent", sums["parts"], level.discount_parts)
        )

    def _get_member_text(self, card):
        """Why it is cheaper, in the words of the bill."""
        return self.env._(
            "Member discount %(level)s (%(number)s): labour %(labor)g %%, parts "
            "%(parts)g %%",
            level=card.level_id.name,
            number=card.name,
            labor=card.level_id.discount_labor,
            parts=card.level_id.discount_parts,
        )

    def action_member_discount(self):
        """Give the member discount again that was taken back."""
        self._check_may_charge()
        self.sudo().is_member_discount_off = False
        self._refresh_reductions()
        return True

    def action_use_promotion(self):
        """Take the promotion named by ``hint_id`` in the context.

        :raises UserError: outside of its period or group, or on a closed order
        """
        self.ensure_one()
        self._check_may_charge()
        promotion = self.env["dealer.promotion"].browse(self.env.context.get("hint_id"))
        if self._is_price_final():
            raise UserError(self.env._("The prices of this order are final."))
        partner = self.sudo()._get_payer_partner("customer")
        promotion._check_offered("repair", self.company_id, partner, self.vehicle_id)
        self.sudo()._take_promotion(promotion)
        return True

    def _take_promotion(self, promotion):
        """The line of a promotion; a second click changes nothing."""
        if promotion in self.fee_ids.promotion_id:
            return
        base = self._get_reducible_amount(promotion)
        amount = promotion._get_reduction(base)
        name, values = promotion.name, {}
        if promotion.kind == "gift":
            name = f"{promotion.name}: {promotion.gift_product_id.display_name}"
            values["hours"] = promotion.gift_quantity
        is_low = base < promotion.amount_min
        if not base or is_low or (promotion.kind != "gift" and not amount):
            raise UserError(
                self.env._(
                    "%(name)s: nothing on this paper is what it is given for, or the "
                    "amount is too low.",
                    name=promotion.name,
                )
            )
        self._add_reduction(
            name, amount, reduction="promotion", promotion_id=promotion.id, **values
        )
        self._refresh_reductions()

    def _get_order_hints(self):
        """Promotions to take, the discount to give again, points to spend."""
        hints = super()._get_order_hints()
        if not self.vehicle_id or self.sudo()._is_price_final():
            return hints
        partner = self.sudo()._get_payer_partner("customer")
        offers = self.env["dealer.promotion"]._get_offers(
            "repair", self.company_id, partner, self.vehicle_id
        )
        hints += [
            self._hint(
                "promotion",
                self.env._("Promotion: %(name)s", name=promotion.name),
                "success",
                promotion,
                "action_use_promotion",
                self.env._("Give"),
            )
            for promotion in offers - self.sudo().fee_ids.promotion_id
        ]
        return hints + self._get_member_hints(partner) + self._get_points_hints(partner)

    def _get_member_hints(self, partner):
        """Where the discount was taken away, it can be given again."""
        if not self.is_member_discount_off:
            return []
        cards = self.env["dealer.membership"]._find_valid(
            partner, self.company_id, self._get_visit_day()
        )
        return [
            self._hint(
                "member",
                self.env._("Member without discount: %(card)s", card=card.display_name),
                "info",
                card.with_env(self.env),
                "action_member_discount",
                self.env._("Give"),
            )
            for card in cards.values()
        ]

    def write(self, vals):
        result = super().write(vals)
        if {"partner_id", "vehicle_id", "date_in"} & vals.keys():
            self._refresh_reductions()
        return result

    def _get_line_product(self, line):
        """Discounts have a product of their own, so that accounting sees them."""
        if line._name == "dealer.repair.labor" and line.reduction:
            return self._get_workshop_product(
                "reduction_product_id", "product_reduction"
            )
        return super()._get_line_product(line)
