# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import column_exists, create_column

from .product_template_origin import PART_ORIGINS


class StockMove(models.Model):
    """A part put into a car carries its origin, as it was when it was sold."""

    _inherit = "stock.move"

    part_origin = fields.Selection(
        PART_ORIGINS,
        compute="_compute_part_origin",
        store=True,
        readonly=False,
        precompute=True,
    )

    def _auto_init(self):
        """Moves of the time before have no label: nothing to compute for them."""
        if not column_exists(self.env.cr, self._table, "part_origin"):
            create_column(self.env.cr, self._table, "part_origin", "varchar")
        return super()._auto_init()

    @api.depends("product_id", "repair_line_type")
    def _compute_part_origin(self):
        for move in self:
            is_part = move.repair_line_type == "add"
            move.part_origin = is_part and move.product_id.part_origin

    @api.model
    def _get_unlabelled_domain(self, products):
        """Parts of these templates on open orders of cars that lack the label."""
        return (
            Domain("product_id.product_tmpl_id", "in", products.ids)
            & Domain("repair_id.vehicle_id", "!=", False)
            & Domain("repair_line_type", "=", "add")
            & Domain("part_origin", "=", False)
            & Domain("state", "not in", ("done", "cancel"))
        )
