# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class StockMove(models.Model):
    """What Inventory moves, the card of the car follows."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        lots = moves.move_line_ids.lot_id
        if lots:
            self.env["fleet.vehicle"].sudo()._follow_lots(lots)
        return moves
