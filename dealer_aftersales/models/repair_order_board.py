# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class RepairOrder(models.Model):
    """The workshop board: what each card warns of."""

    _inherit = "repair.order"

    def _get_board_flags(self):
        """Short warnings on the cards: hook, extended with super.

        Asked for all cards at once: a constant number of queries.

        :return: dict {order id: list of (code, translated text, level)}, the level
            one of danger, warning, info, success
        """
        return {repair.id: [] for repair in self}
