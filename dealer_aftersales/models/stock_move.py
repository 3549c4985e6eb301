# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ..tools.payer import PAYERS


class StockMove(models.Model):
    """Parts of a repair order have a price and a payer before they are sold."""

    _name = "stock.move"
    _inherit = ["stock.move", "dealer.repair.approved.mixin"]

    payer = fields.Selection(
        PAYERS,
        "Paid by",
        compute="_compute_payer",
        store=True,
        readonly=False,
        precompute=True,
    )
    repair_price = fields.Float(
        "Sales Price",
        digits="Product Price",
        compute="_compute_repair_price",
        store=True,
        readonly=False,
        precompute=True,
        help="Price of one unit on the repair order.",
    )
    repair_amount = fields.Float("Amount", digits=0, compute="_compute_repair_amount")

    def _auto_init(self):
        """Moves of the time before are many, and few of them are workshop parts."""
        for name, kind in (("payer", "varchar"), ("repair_price", "numeric")):
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends("repair_id", "repair_line_type")
    def _compute_payer(self):
        for move in self:
            if move.repair_id and move.repair_line_type == "add":
                move.payer = move.payer or move.repair_id._get_line_payer(move)
            else:
                move.payer = False

    @api.depends("product_id", "repair_id", "repair_line_type")
    def _compute_repair_price(self):
        for move in self:
            if move.repair_id.vehicle_id and move.repair_line_type == "add":
                move.repair_price = move.repair_id._get_part_price(move)
            else:
                move.repair_price = 0.0

    @api.depends("repair_price", "product_uom_qty", "quantity", "state")
    def _compute_repair_amount(self):
        for move in self:
            currency = (move.company_id or self.env.company).currency_id
            move.repair_amount = currency.round(
                move.repair_price * move._get_repair_quantity()
            )

    def _get_repair_quantity(self):
        """What the order charges: the plan, once it is done what was used."""
        self.ensure_one()
        if self.state == "cancel" or self.repair_line_type != "add":
            return 0.0
        if self.state == "done":
            return self.quantity
        return max(self.quantity, self.product_uom_qty)

    def _get_approval_fields(self):
        return ["payer", "repair_amount", "amount_approved"]

    def _get_billed_amount(self):
        return self.repair_amount

    def _get_price_fields(self):
        return super()._get_price_fields() | {
            "product_uom_qty",
            "quantity",
            "repair_line_type",
            "repair_price",
            "state",
        }

    def _create_repair_sale_order_line(self):
        """Parts of an order on a car are sold by its settlement, payer by payer."""
        others = self.filtered(lambda m: not m.repair_id.vehicle_id)
        return super(StockMove, others)._create_repair_sale_order_line()
