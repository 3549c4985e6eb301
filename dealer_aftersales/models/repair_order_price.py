# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class RepairOrder(models.Model):
    """By which product a line is sold, to whom, and with which taxes."""

    _inherit = "repair.order"

    def _get_line_product(self, line):
        """The product that sells a line; free text is sold as labour or as a fee."""
        if line.product_id:
            return line.product_id
        is_fee = line.kind == "fee"
        return self._get_fee_product() if is_fee else self._get_labor_product()

    def _get_labor_product(self):
        return self._get_workshop_product("labor_product_id", "product_labor")

    def _get_fee_product(self):
        return self._get_workshop_product("fee_product_id", "product_fee")

    def _get_workshop_product(self, name, xmlid):
        """:raises UserError: when the branch has no such product (any more)"""
        company = self.company_id.sudo()
        product = company[name] or self.env.ref(
            f"dealer_aftersales.{xmlid}", raise_if_not_found=False
        )
        if not product:
            raise UserError(
                self.env._(
                    "Choose the products for labour and fees on the page Workshop "
                    "of the branch."
                )
            )
        return product.sudo()

    def _get_payer_partner(self, payer):
        """Who gets the settlement of a payer's lines; empty for internal work.

        The customer is the payer named on the car, else the customer of the order.
        """
        self.ensure_one()
        repair = self.sudo()
        if payer == "customer":
            parties = repair.vehicle_id.party_ids.filtered(
                lambda p: p.role == "payer" and p.is_current
            )
            return parties[:1].partner_id or repair.partner_id
        if payer == "insurance":
            return repair.insurer_id
        if payer == "warranty":
            brand = repair.vehicle_id.model_id.brand_id
            return brand.warranty_partner_id or repair.company_id.warranty_partner_id
        return repair.env["res.partner"]

    def _get_taxed_amount(self, line):
        """What the line costs its payer with taxes, as core would invoice it."""
        product = self._get_line_product(line)
        quantity, price = self._get_exact_quantity(line)
        return self._get_product_taxed(product, price, quantity, line.payer)

    def _get_product_taxes(self, product, payer):
        """Taxes that core puts on the product when this payer buys it."""
        company = self.company_id
        product = product.sudo().with_company(company)
        partner = self._get_payer_partner(payer).with_company(company)
        position = self.env["account.fiscal.position"].sudo().with_company(company)
        taxes = product.taxes_id._filter_taxes_by_company(company)
        if partner:
            taxes = position._get_fiscal_position(partner).map_tax(taxes)
        return taxes

    def _get_product_taxed(self, product, price, quantity, payer, taxes=None):
        """:param taxes: other taxes than those of the product"""
        company = self.company_id
        product = product.sudo().with_company(company)
        partner = self._get_payer_partner(payer).with_company(company)
        if taxes is None:
            taxes = self._get_product_taxes(product, payer)
        return taxes.compute_all(
            price, company.currency_id, quantity, product=product, partner=partner
        )["total_included"]

    def _get_exact_quantity(self, line):
        """Quantity and price that give the line's amount also in a sale order.

        Hours have more decimals than an order's quantity: then one piece is sold.

        :return: tuple (quantity, price)
        """
        is_part = line._name == "stock.move"
        quantity = line._get_repair_quantity() if is_part else line.hours
        price = line.repair_price if is_part else line.price_unit
        amount = line._get_billed_amount()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        sold = self.currency_id.round(round(quantity, digits) * price)
        if is_part or self.currency_id.compare_amounts(sold, amount) == 0:
            return round(quantity, digits), price
        return 1.0, amount
