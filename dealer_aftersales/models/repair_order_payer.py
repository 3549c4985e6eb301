# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ..tools.payer import PAYER_AMOUNTS, get_usual_payer


class RepairOrder(models.Model):
    """Work, fees and parts have a price each, and somebody who pays them."""

    _inherit = "repair.order"

    labor_ids = fields.One2many(domain=[("kind", "=", "labor")])
    fee_ids = fields.One2many(
        "dealer.repair.labor", "repair_id", "Fees", domain=[("kind", "=", "fee")]
    )
    amount_fees = fields.Monetary("Fees Amount", compute="_compute_amounts", store=True)
    amount_customer = fields.Monetary("Customer pays", compute="_compute_payer_amounts")
    amount_warranty = fields.Monetary("Warranty pays", compute="_compute_payer_amounts")
    amount_insurance = fields.Monetary(
        "Insurance pays", compute="_compute_payer_amounts"
    )
    amount_internal = fields.Monetary("Internal Cost", compute="_compute_payer_amounts")

    def _auto_init(self):
        """Orders of the time before had no fees; their sums stay as they are."""
        if not column_exists(self.env.cr, self._table, "amount_fees"):
            create_column(self.env.cr, self._table, "amount_fees", "numeric")
        return super()._auto_init()

    @api.depends(
        "labor_ids.amount",
        "fee_ids.amount",
        "amount_parts_history",
        "move_ids.repair_price",
        "move_ids.product_uom_qty",
        "move_ids.quantity",
        "move_ids.state",
        "move_ids.repair_line_type",
    )
    def _compute_amounts(self):
        """Untaxed, as the lines; parts of history have their sum only."""
        for repair in self:
            moves = repair.sudo().move_ids
            repair.amount_labor = sum(repair.labor_ids.mapped("amount"))
            repair.amount_fees = sum(repair.fee_ids.mapped("amount"))
            repair.amount_parts = repair.amount_parts_history + sum(
                moves.mapped("repair_amount")
            )
            repair.amount_total = (
                repair.amount_labor + repair.amount_fees + repair.amount_parts
            )

    @api.depends(
        "amount_total",
        "amount_parts_history",
        "labor_ids.payer",
        "fee_ids.payer",
        "move_ids.payer",
    )
    def _compute_payer_amounts(self):
        for repair in self:
            sums = repair._get_payer_sums()
            for payer, name in PAYER_AMOUNTS.items():
                repair[name] = sums[payer]

    def _get_priced_lines(self):
        """Records of labour, fees and parts, in the order they are printed."""
        self.ensure_one()
        parts = self.sudo().move_ids.filtered(
            lambda m: m.repair_line_type == "add" and m.state != "cancel"
        )
        return [*self.labor_ids, *parts, *self.fee_ids]

    def _get_line_payer(self, line):
        """The payer of a new line; history keeps to the kind of its visit."""
        if not self or self.date_delivered:
            return get_usual_payer(self.service_kind)
        return self._propose_payer(line)

    def _get_service_price(self, product):
        """Price of one hour (or piece) of an operation or fee for this customer.

        A product without a price costs the branch's rate per hour.
        """
        price = self._get_pricelist_price(product, 1.0, product.uom_id)
        if price or not product.is_labor_operation:
            return price
        return (self.company_id or self.env.company).sudo().labor_rate

    def _get_part_price(self, move):
        """Price of one unit of a part for this customer."""
        if not move.product_id:
            return 0.0
        uom = move.product_uom or move.product_id.uom_id
        return self._get_pricelist_price(move.product_id, move.product_uom_qty, uom)

    def _get_pricelist_price(self, product, quantity, uom):
        company = self.company_id or self.env.company
        repair = self.sudo().with_company(company)
        pricelist = repair.partner_id.property_product_pricelist
        return pricelist._get_product_price(
            product.sudo().with_company(company),
            quantity or 1.0,
            currency=company.currency_id,
            uom=uom,
            date=fields.Datetime.now(),
        )

    def _add_labor(
        self, name=None, product=None, hours=None, payer=None, concern=None, kind=None
    ):
        """Put a piece of work on the order; what is left out is proposed.

        :param str name: text of the line; else the product's
        :param product: operation of the catalog (``product.product``)
        :param float hours: planned hours; else the product's, else one
        :param concern: ``dealer.repair.concern`` the work is for
        :return: the new ``dealer.repair.labor``
        """
        self.ensure_one()
        values = {
            "repair_id": self.id,
            "kind": kind,
            "name": name,
            "product_id": product and product.id,
            "concern_id": concern and concern.id,
        }
        values = {key: value for key, value in values.items() if value}
        if hours is not None:
            values["hours"] = hours
        labor = self.env["dealer.repair.labor"].create(values)
        if payer and labor.payer != payer:
            labor.sudo().payer = payer  # said by a rule, not by who clicks
        return labor
