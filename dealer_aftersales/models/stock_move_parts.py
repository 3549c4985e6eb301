# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain

from .repair_order_parts import WAITING

#: Parts are being reserved: their order is looked at when all of them are.
RESERVING = object()


class StockMove(models.Model):
    """Parts of cars: their orders learn when they are missing and when they come."""

    _inherit = "stock.move"

    repair_plate = fields.Char("License Plate", related="repair_id.license_plate")
    repair_promised = fields.Datetime("Promised for", related="repair_id.date_promised")
    repair_customer_id = fields.Many2one(
        related="repair_id.partner_id", string="Customer"
    )
    repair_advisor_id = fields.Many2one(
        related="repair_id.advisor_id", string="Service Advisor"
    )
    free_qty = fields.Float("On Hand, free", related="product_id.free_qty")

    _repair_open_idx = models.Index(
        "(product_id) WHERE repair_id IS NOT NULL"
        " AND state IN ('waiting', 'confirmed', 'partially_available')"
    )

    def _action_confirm(self, *args, **kwargs):
        moves = super()._action_confirm(*args, **kwargs)
        moves._update_repair_parts()
        return moves

    def _action_assign(self, force_qty=False):
        reserving = self.with_context(dealer_parts=RESERVING)
        result = super(StockMove, reserving)._action_assign(force_qty=force_qty)
        self._update_repair_parts()
        return result

    def _recompute_state(self):
        result = super()._recompute_state()
        if self.env.context.get("dealer_parts") is not RESERVING:
            self._update_repair_parts()
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self._update_repair_parts()
        return result

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        (self | moves).exists()._update_repair_parts()
        return moves

    def _update_repair_parts(self):
        """Tell the orders of cars that their parts' reservation may have changed."""
        parts = self.filtered(lambda m: m.repair_id and m.repair_line_type == "add")
        orders = parts.repair_id.sudo().filtered("vehicle_id")
        if orders:
            orders._update_parts_state()

    def _get_shortage_domain(self):
        """Parts that orders on cars wait for."""
        return (
            Domain("repair_id.vehicle_id", "!=", False)
            & Domain("repair_line_type", "=", "add")
            & Domain("state", "in", WAITING)
        )

    def action_replenish_part(self):
        """Order the missing quantity the way the product is replenished.

        Where it has no route (nothing buys or makes it), its forecast is shown: the
        parts are ordered by hand then.
        """
        self.ensure_one()
        product = self.product_id
        if not self.env["stock.route"].search_count(
            self._get_replenish_domain(), limit=1
        ):
            return product.action_product_forecast_report()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock.action_product_replenish"
        )
        action["context"] = {
            "default_product_id": product.id,
            "default_quantity": self.product_qty - self.quantity,
            "default_warehouse_id": self.location_id.warehouse_id.id,
        }
        return action

    def _get_replenish_domain(self):
        template = self.product_id.product_tmpl_id
        return self.env["product.replenish"]._get_route_domain(template)

    def action_open_repair(self):
        """The order that waits for the part."""
        self.ensure_one()
        return self.repair_id.get_formview_action()
