# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.service_state import CLOSED


class RepairOrder(models.Model):
    """Recalls that wait for the car of this order, and those it does."""

    _inherit = "repair.order"

    recall_line_ids = fields.One2many("dealer.recall.line", "repair_id", "Recalls")

    def action_do_recall(self):
        """Put the recall named by ``hint_id`` in the context on the order.

        Its work is paid by the maker; the delivery of the order closes it.

        :raises UserError: when another open order does it
        """
        self.ensure_one()
        self.check_access("write")
        lines = self.vehicle_id._get_open_recalls()
        line = lines.filtered(lambda r: r.id == self.env.context.get("hint_id"))
        if not line or line._is_planned():
            raise UserError(self.env._("This recall is done or on an order already."))
        line.sudo().repair_id = self
        recall = line.recall_id
        self._add_labor(
            name=None if recall.product_id else recall.display_name,
            product=recall.product_id,
            payer="warranty",
        )
        return True

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        if not self.vehicle_id or self.service_state in CLOSED:
            return hints
        lines = self.vehicle_id._get_open_recalls()
        return hints + [
            self._hint(
                "recall",
                line.recall_id.display_name,
                "danger" if line.is_safety else "warning",
                line,
                "action_do_recall",
                self.env._("Recall"),
            )
            for line in lines.filtered(lambda line: not line._is_planned())
        ]

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        lines = self.vehicle_id._get_open_recalls()
        safety = {line.vehicle_id.id for line in lines if line.is_safety}
        cars = set(lines.vehicle_id.ids)
        text = self.env._("Recall")
        for repair in self.filtered(lambda r: r.vehicle_id.id in cars):
            level = "danger" if repair.vehicle_id.id in safety else "warning"
            flags[repair.id].append(("recall", text, level))
        return flags


class DealerRecallLine(models.Model):
    _inherit = "dealer.recall.line"

    def _is_planned(self):
        """Whether an order that is not cancelled takes care of it."""
        self.ensure_one()
        repair = self.sudo().repair_id
        return bool(repair) and repair.state != "cancel"
