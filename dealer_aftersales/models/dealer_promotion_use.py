# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

#: What was taken was promised with these.
RULE_FIELDS = frozenset(
    "kind scope product_ids percent amount amount_min gift_product_id"
    " gift_quantity".split()
)


class DealerPromotion(models.Model):
    """How often a promotion was taken, counted from the papers that name it."""

    _inherit = "dealer.promotion"

    quote_count = fields.Integer("Quotations", compute="_compute_use_counts")
    repair_count = fields.Integer("Repair Orders", compute="_compute_use_counts")

    def _compute_use_counts(self):
        for model, path, name in (
            ("sale.order.line", "order_id", "quote_count"),
            ("dealer.repair.labor", "repair_id", "repair_count"),
        ):
            counts = {}
            lines = self.env[model]
            if self._origin and lines.has_access("read"):
                rows = lines._read_group(
                    [("promotion_id", "in", self._origin.ids)],
                    ["promotion_id"],
                    [f"{path}:count_distinct"],
                )
                counts = {promotion.id: count for promotion, count in rows}
            for promotion in self:
                promotion[name] = counts.get(promotion._origin.id, 0)

    def write(self, vals):
        if RULE_FIELDS & vals.keys():
            self._check_not_taken()
        return super().write(vals)

    def _check_not_taken(self):
        """:raises UserError: somebody was promised what this promotion says"""
        for model in ("sale.order.line", "dealer.repair.labor"):
            taken = (
                self.env[model]
                .sudo()
                .search([("promotion_id", "in", self.ids)], limit=1)
            )
            if taken:
                raise UserError(
                    self.env._(
                        "%(name)s was taken already: end it and make a new one.",
                        name=taken.promotion_id.name,
                    )
                )

    def action_view_quotes(self):
        """The quotations and orders that took this promotion."""
        return self._open_uses("sale.action_orders", "order_line.promotion_id")

    def action_view_repairs(self):
        """The repair orders that took this promotion."""
        return self._open_uses(
            "dealer_aftersales.repair_order_action", "fee_ids.promotion_id"
        )

    def _open_uses(self, xmlid, path):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [(path, "=", self.id)]
        action["context"] = {"create": False}
        action["display_name"] = self.name
        return action

    def action_apply(self):
        """Put this promotion on the quotation named in the context."""
        self.ensure_one()
        orders = self.env["sale.order"].browse(self.env.context.get("sale_order_id"))
        orders._apply_promotion(self)
        return True
