# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class SaleOrder(models.Model):
    """Offers and contracts are found by the end of their number."""

    _inherit = "sale.order"

    _name_tail_idx = models.Index("(reverse(upper(name)) text_pattern_ops)")
