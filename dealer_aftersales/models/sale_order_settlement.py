# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.payer import PAYERS

SETTLEMENT_FIELDS = frozenset({"repair_settlement_id", "repair_payer"})


class SaleOrder(models.Model):
    """What one payer of a repair order owes; core sells and invoices it."""

    _inherit = "sale.order"

    repair_settlement_id = fields.Many2one(
        "repair.order",
        "Settles Repair Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    repair_payer = fields.Selection(PAYERS, "Paid by", readonly=True, copy=False)

    _settlement_uniq = models.UniqueIndex(
        "(repair_settlement_id, repair_payer)"
        " WHERE repair_settlement_id IS NOT NULL AND state <> 'cancel'",
        "The repair order has a settlement for this payer already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_settlement_values(vals)
            if not self.env.su:
                vals |= {
                    name: False
                    for name in SETTLEMENT_FIELDS
                    if f"default_{name}" in self.env.context
                }
        return super().create(vals_list)

    def write(self, vals):
        self._check_settlement_values(vals)
        return super().write(vals)

    def _check_settlement_values(self, vals):
        """:raises AccessError: for a client that makes a settlement by hand"""
        if not self.env.su and any(vals.get(name) for name in SETTLEMENT_FIELDS):
            raise AccessError(
                self.env._("Settles Repair Order: settle the repair order itself.")
            )

    def _get_settled_rows(self):
        """What the order contains, as ``repair.order._get_wanted_rows``."""
        return sorted(
            (
                line.product_id.id,
                round(line.product_uom_qty, 4),
                round(line.price_unit, 4),
                line.discount,
            )
            for line in self.order_line
            if not line.display_type and not line.is_downpayment
        )

    def _reopen_settlement(self):
        """A draft without lines again, to be written anew.

        :raises UserError: when it is invoiced
        """
        for order in self:
            if order.invoice_ids.filtered(lambda i: i.state != "cancel"):
                raise UserError(
                    self.env._(
                        "%(sale)s is invoiced: credit the invoice before you change "
                        "order %(order)s.",
                        sale=order.name,
                        order=order.repair_settlement_id.name,
                    )
                )
            if order.locked:
                order.action_unlock()
            if order.state == "sale":
                order._action_cancel()
            order.action_draft()
            order.order_line.unlink()

    def _drop_settlement(self):
        """Cancelled, with free parts; a new one may follow at once."""
        self._reopen_settlement()
        self._action_cancel()
        self.flush_recordset(["state"])  # the index allows one at a time

    def _confirm_settlement(self):
        """Confirmed and delivered: the parts are in the car, the work is done."""
        self.action_confirm()
        manual = self.order_line.filtered(lambda x: x.qty_delivered_method == "manual")
        for line in manual:
            line.qty_delivered = line.product_uom_qty
