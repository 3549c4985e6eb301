# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

#: 汽车销售管理办法 Art. 17: a part is sold with its origin said.
PART_ORIGINS = [
    ("original", "Original Part"),
    ("equivalent", "Equivalent Part"),
    ("remanufactured", "Remanufactured Part"),
    ("reused", "Reused Part"),
]


class ProductTemplate(models.Model):
    """Where a part comes from: the law wants it said on every settlement."""

    _inherit = "product.template"

    part_origin = fields.Selection(
        PART_ORIGINS,
        index="btree_not_null",
        tracking=True,
        help="Needed for parts that are put into customers' cars.",
    )

    def write(self, vals):
        """A label that was missing reaches the lines of the orders still open."""
        unlabelled = self.browse()
        if vals.get("part_origin"):
            unlabelled = self.filtered(lambda product: not product.part_origin)
        result = super().write(vals)
        unlabelled._label_open_parts()
        return result

    def _label_open_parts(self):
        """Put the label on the unlabelled parts of orders that are not closed."""
        if not self:
            return
        moves = self.env["stock.move"].sudo()
        moves.search(moves._get_unlabelled_domain(self)).write(
            {"part_origin": self[0].part_origin}
        )
