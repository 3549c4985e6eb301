# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.reduction import spread

#: As they are taken off the order.
KINDS = ("promotion", "membership", "points")


class RepairOrder(models.Model):
    """What of the discounts falls on which line, and who has to agree to less of it.

    The customer says yes to a price with its discounts. Where less is taken off the
    work he kept, he is asked again: discounts follow their rules without him.
    """

    _inherit = "repair.order"

    def _get_reduction_shares(self):
        """Spread each discount over the lines it is on, before tax.

        In the order they are taken, each on what the former left of a line: so
        neither a line nor its tax falls below zero.

        :return: {discount: {line: amount}}, amounts above zero and not rounded
        """
        self.ensure_one()
        lines = self._get_customer_lines()
        left = {line: max(0.0, line._get_billed_amount()) for line in lines}
        shares = {}
        reductions = self.fee_ids.filtered("reduction")
        for reduction in reductions.sorted(lambda r: KINDS.index(r.reduction)):
            weights = {ln: self._get_reduction_weight(reduction, ln) for ln in lines}
            shares[reduction] = spread(-reduction.amount, weights, left)
            left = {ln: left[ln] - shares[reduction][ln] for ln in lines}
        return shares

    def _get_reduction_weight(self, reduction, line):
        """How much of a line a discount is on: its amount, or a share of it."""
        amount, kind = line._get_billed_amount(), self._get_line_kind(line)
        if reduction.membership_id:
            level = reduction.membership_id.level_id
            percents = {"labor": level.discount_labor, "parts": level.discount_parts}
            amount *= percents.get(kind, 0.0)
        promotion = reduction.promotion_id
        if promotion and not promotion._covers(line.product_id, kind):
            return 0.0
        return max(0.0, amount)

    def _get_reduced_amounts(self):
        """{line: what all discounts take off it}"""
        amounts = {}
        for shares in self._get_reduction_shares().values():
            for line, amount in shares.items():
                amounts[line] = amounts.get(line, 0.0) + amount
        return amounts

    def _prepare_estimate_line(self, line, number):
        """What is taken off a line is part of what the customer is asked."""
        reduced = self.sudo()._get_reduced_amounts().get(line.sudo(), 0.0)
        values = super()._prepare_estimate_line(line, number)
        return values | {"amount_reduced": reduced}

    def _ask_again(self):
        """Withdraw the customer's yes where the discounts he was shown have shrunk."""
        self.ensure_one()
        agreed = self.estimate_ids.filtered(lambda e: e.state == "approved")
        lost = self._get_lost_reduction(agreed.sorted("version")[-1:])
        # the discounts are rounded, then as well as now
        if self.currency_id.compare_amounts(lost, 2 * self.currency_id.rounding) <= 0:
            return
        for line in self._get_customer_lines():
            if line.amount_approved:
                line.amount_approved = 0.0
        self._refresh_estimate_state()

    def _get_lost_reduction(self, estimate):
        """How much less is taken off the lines that the customer agreed to and kept.

        A line that became cheaper makes up for it; one that became dearer is asked
        for anyway.
        """
        promised = estimate.line_ids.filtered(
            lambda li: li.payer == "customer" and li.decision == "approved"
        )
        if not any(promised.mapped("amount_reduced")):
            return 0.0
        reduced, lost = self._get_reduced_amounts(), 0.0
        lines = set(self._get_customer_lines())
        for line in promised:
            source = line.labor_id or line.move_id
            if source in lines:
                cheaper = max(0.0, line.amount - source._get_billed_amount())
                lost += line.amount_reduced - reduced.get(source, 0.0) - cheaper
        return lost
