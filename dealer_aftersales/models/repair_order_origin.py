# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

#: States of the workshop that need every part labelled.
LABELLED_STATES = (
    "approved",
    "in_work",
    "quality_check",
    "ready",
    "delivered",
)


class RepairOrder(models.Model):
    """No part without its origin on the order of a car (汽车销售管理办法 Art. 17)."""

    _inherit = "repair.order"

    def _get_unlabelled_parts(self):
        """Parts to be put into the car whose origin nobody has said."""
        return self.sudo().move_ids.filtered(
            lambda move: move.repair_id.vehicle_id
            and move.repair_line_type == "add"
            and move.state != "cancel"
            and not move.part_origin
        )

    def _get_origin_block(self):
        """:return: the message that names the parts without a label, or False"""
        moves = self._get_unlabelled_parts()
        if not moves:
            return False
        names = moves.product_id.mapped("display_name")
        return self.env._(
            "Part Origin: say for %(parts)s whether the part is original, "
            "equivalent, remanufactured or reused.",
            parts=", ".join(names),
        )

    def _get_state_blocks(self, target):
        blocks = super()._get_state_blocks(target)
        block = target in LABELLED_STATES and self._get_origin_block()
        return [*blocks, block] if block else blocks

    def _action_repair_confirm(self):
        self._check_part_origins()
        return super()._action_repair_confirm()

    def action_repair_done(self):
        self._check_part_origins()
        return super().action_repair_done()

    def _check_part_origins(self):
        """:raises UserError: naming the parts without a label"""
        block = self._get_origin_block()
        if block:
            raise UserError(block)
