# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

#: Payers who get a sale order; internal work is cost of the house.
BILLED_PAYERS = ("customer", "warranty", "insurance")
SETTLED_STATES = ("ready", "delivered")


class RepairOrder(models.Model):
    """The settlement: one sale order per payer, the sum is the order's total."""

    _inherit = "repair.order"

    settlement_order_ids = fields.One2many(
        "sale.order", "repair_settlement_id", "Settlement", readonly=True
    )
    settlement_state = fields.Selection(
        [
            ("none", "Not settled"),
            ("outdated", "Changed since"),
            ("settled", "Settled"),
            ("invoiced", "Invoiced"),
        ],
        "Settlement Status",
        compute="_compute_settlement_state",
    )

    @api.depends(
        "amount_total",
        "deductible",
        "settlement_order_ids.state",
        "settlement_order_ids.invoice_status",
        "settlement_order_ids.order_line.discount",
        "settlement_order_ids.order_line.price_unit",
        "settlement_order_ids.order_line.product_uom_qty",
    )
    def _compute_settlement_state(self):
        """Whether the sale orders say what the lines say."""
        for repair in self:
            orders = repair._get_live_settlements()
            if not orders:
                repair.settlement_state = "none"
            elif repair._get_outdated_payers():
                repair.settlement_state = "outdated"
            else:
                done = all(order.invoice_status == "invoiced" for order in orders)
                repair.settlement_state = "invoiced" if done else "settled"

    def _get_live_settlements(self):
        return self.sudo().settlement_order_ids.filtered(lambda o: o.state != "cancel")

    def _get_outdated_payers(self):
        """Payers whose sale order lacks something, or has too much."""
        self.ensure_one()
        orders = {order.repair_payer: order for order in self._get_live_settlements()}
        return [
            payer
            for payer in BILLED_PAYERS
            if self._get_wanted_rows(payer)
            != (orders[payer]._get_settled_rows() if payer in orders else [])
        ]

    def _get_wanted_rows(self, payer):
        """What a payer's sale order has to contain.

        :return: sorted list of (product, quantity, price, discount)
        """
        return sorted(
            (
                values["product_id"],
                round(values["product_uom_qty"], 4),
                round(values["price_unit"], 4),
                values["discount"],
            )
            for values in self._prepare_settlement_lines(payer)
        )

    def action_settle(self):
        """Make or renew the sale order of every payer and confirm it.

        :raises UserError: before the work is done, when a payer is not known, or
            when what changed is invoiced already
        """
        for repair in self:
            repair._check_may_charge()
            repair._check_may_settle()
            for payer in repair._get_outdated_payers():
                repair._settle_payer(payer)
        return True

    def _check_may_settle(self):
        """:raises UserError: naming what has to be done before"""
        if not self.vehicle_id or self.service_state not in SETTLED_STATES:
            raise UserError(
                self.env._(
                    "Order %(order)s is settled when the car is ready.",
                    order=self.name,
                )
            )
        self._check_approval()
        names = dict(self.env["dealer.repair.labor"]._fields["payer"].selection)
        for payer in BILLED_PAYERS:
            if self._prepare_settlement_lines(payer) and not (
                self._get_payer_partner(payer)
            ):
                raise UserError(self._get_no_payer_text(payer) or names[payer])

    def _get_no_payer_text(self, payer):
        texts = {
            "customer": self.env._("Customer: choose who pays order %(order)s."),
            "insurance": self.env._("Insurer: choose who insures order %(order)s."),
            "warranty": self.env._(
                "Payer of Warranty Work: name one on the brand or the branch "
                "(order %(order)s)."
            ),
        }
        return texts[payer] % {"order": self.name}

    def _settle_payer(self, payer):
        """Bring one payer's sale order in line with the order; sudo after checks."""
        order = self._get_live_settlements().filtered(lambda o: o.repair_payer == payer)
        lines = self._prepare_settlement_lines(payer)
        if not lines:
            order._drop_settlement()
            return
        if order:
            order._reopen_settlement()
        values = {"order_line": [Command.create(line) for line in lines]}
        if order:
            partner = self._get_payer_partner(payer)
            order.write({"partner_id": partner.id, "pricelist_id": False})
            order.write(values)
        else:
            orders = self.env["sale.order"].sudo().with_company(self.company_id)
            order = orders.create(self._prepare_settlement(payer) | values)
            if payer == "customer" and not self.sale_order_id:
                self.sudo().sale_order_id = order
        order._confirm_settlement()

    def _prepare_settlement(self, payer):
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "partner_id": self._get_payer_partner(payer).id,
            "warehouse_id": self.sudo().picking_type_id.warehouse_id.id,
            "user_id": self.advisor_id.id or self.env.uid,
            "origin": self.name,
            "client_order_ref": self.claim_number if payer == "insurance" else False,
            "repair_settlement_id": self.id,
            "repair_payer": payer,
            # prices are agreed on the order, in the currency of the branch
            "pricelist_id": False,
        }

    def _prepare_settlement_lines(self, payer):
        """Values of the sale order lines of a payer, in the order of the sheet."""
        lines = [
            values
            for line in self._get_priced_lines()
            if (line.payer or "customer") == payer
            for values in self._prepare_settlement_rows(line)
        ]
        share = self._get_customer_share(self._get_insured_sum())
        if share and payer in ("customer", "insurance"):
            product = self._get_fee_product()
            lines.append(
                {
                    "product_id": product.id,
                    "name": self._get_share_text(),
                    "product_uom_qty": 1.0,
                    "price_unit": share if payer == "customer" else -share,
                    "discount": 0.0,
                }
            )
        return lines

    def _prepare_settlement_rows(self, line):
        """Values of the sale order lines of one line of the order."""
        return [self._prepare_settlement_line(line)]

    def _prepare_settlement_line(self, line):
        product = self._get_line_product(line)
        quantity, price = self._get_exact_quantity(line)
        values = {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "price_unit": price,
            "discount": 0.0,
        }
        if line._name != "stock.move":
            return values | {"name": line.name}
        return values | {
            "name": product.display_name,
            "product_uom_id": line.product_uom.id,
            "move_ids": [Command.link(line.id)],
            # linking a move that is done tells the line nothing
            "qty_delivered": line.quantity if line.state == "done" else 0.0,
        }

    def action_undo_settlement(self):
        """Cancel the sale orders that are not invoiced.

        :raises UserError: when one is invoiced
        """
        for repair in self:
            repair._check_may_charge()
            repair._get_live_settlements()._drop_settlement()
        return True

    def action_invoice(self):
        """Make the invoices of the settlement through core.

        :raises AccessError: for who may not write invoices
        """
        self.check_access("read")
        if not self.env["account.move"].has_access("create"):
            raise AccessError(self.env._("Invoices are made by accounting."))
        orders = self._get_live_settlements().filtered(
            lambda o: o.invoice_status == "to invoice"
        )
        if not orders:
            raise UserError(self.env._("There is nothing to invoice: settle first."))
        orders._create_invoices(grouped=True)
        return self.sudo(False).action_view_invoices()

    def action_view_invoices(self):
        orders = self._get_live_settlements()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", orders.invoice_ids.ids)],
            "context": {"create": False},
        }

    def action_view_settlement(self):
        """The sale orders of the settlement."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlement"),
            "res_model": "sale.order",
            "views": [(False, "list"), (False, "form")],
            "domain": [("repair_settlement_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_create_sale_order(self):
        """Orders on a car are sold by their settlement, split by payer."""
        with_car = self.filtered("vehicle_id")
        if not with_car:
            return super().action_create_sale_order()
        if self - with_car:
            super(RepairOrder, self - with_car).action_create_sale_order()
        with_car.action_settle()
        return with_car[:1].action_view_settlement()

    def _get_state_blocks(self, target):
        blocks = super()._get_state_blocks(target)
        if target != "delivered" or not self.company_id.sudo().is_settlement_required:
            return blocks
        if self.amount_total and self._get_outdated_payers():
            text = self.env._("Order %(order)s is not settled yet.", order=self.name)
            blocks = [*blocks, text]
        return blocks

    def _after_state(self, source, target):
        if target == "cancelled":
            self._get_live_settlements()._drop_settlement()
        return super()._after_state(source, target)
