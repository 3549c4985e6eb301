# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Command


class RepairOrder(models.Model):
    """A discount bears the taxes of what it is on, not those of its own product.

    It is one line of the order and a line per tax on the estimate's sum and on the
    bill: half of the price off is half of the tax off.
    """

    _inherit = "repair.order"

    def _split_reduction(self, line):
        """Split a discount by the taxes of the lines it is on.

        :return: list of (taxes, amount below zero), together the line's amount; empty
            for other lines and for a gift
        """
        if line._name != "dealer.repair.labor" or not line.reduction:
            return []
        shares = self.sudo()._get_reduction_shares().get(line.sudo(), {})
        by_taxes = {}
        for base, share in shares.items():
            if share:
                product = self._get_line_product(base)
                taxes = self._get_product_taxes(product, "customer")
                by_taxes[taxes] = by_taxes.get(taxes, 0.0) + share
        parts, left = [], line._get_billed_amount()
        for taxes, share in list(by_taxes.items())[:-1]:
            amount = -self.currency_id.round(share)
            parts.append((taxes, amount))
            left -= amount
        parts += [(taxes, self.currency_id.round(left)) for taxes in [*by_taxes][-1:]]
        return [part for part in parts if not self.currency_id.is_zero(part[1])]

    def _prepare_settlement_rows(self, line):
        rows = super()._prepare_settlement_rows(line)
        parts = self._split_reduction(line)
        if not parts:
            return rows
        return [
            rows[0]
            | {
                "product_uom_qty": 1.0,
                "price_unit": amount,
                "tax_ids": [Command.set(taxes.ids)],
            }
            for taxes, amount in parts
        ]

    def _get_taxed_amount(self, line):
        parts = self._split_reduction(line)
        if not parts:
            return super()._get_taxed_amount(line)
        product = self._get_line_product(line)
        return sum(
            self._get_product_taxed(product, amount, 1.0, "customer", taxes=taxes)
            for taxes, amount in parts
        )
