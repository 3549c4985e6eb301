# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerInspectionLine(models.Model):
    """One point of the car: in order, or what was found and what becomes of it."""

    _name = "dealer.inspection.line"
    _description = "Inspected Point"
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one(
        "dealer.inspection", required=True, index=True, ondelete="cascade"
    )
    repair_id = fields.Many2one(
        related="inspection_id.repair_id", store=True, index=True
    )
    company_id = fields.Many2one(related="inspection_id.company_id")
    kind = fields.Selection(related="inspection_id.kind")
    sequence = fields.Integer(default=10)
    section = fields.Char()
    name = fields.Char("Point", required=True)
    result = fields.Selection(
        [("ok", "OK"), ("soon", "Soon"), ("now", "Now"), ("na", "N/A")],
        help="Soon: to be done at one of the next visits. Now: not in order.",
    )
    value = fields.Float("Measured")
    unit = fields.Char()
    note = fields.Char()
    photo_ids = fields.One2many("dealer.inspection.photo", "line_id", "Photos")
    photo_count = fields.Integer("Number of Photos", compute="_compute_photo_count")
    product_id = fields.Many2one("product.product", "Proposed Work")
    labor_id = fields.Many2one(
        "dealer.repair.labor", "Work", readonly=True, copy=False, index="btree_not_null"
    )
    decision = fields.Selection(
        [("open", "Open"), ("approved", "Approved"), ("declined", "Declined")],
        default="open",
        help="What the customer says to the finding.",
    )

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        counts = dict(
            self.env["dealer.inspection.photo"]._read_group(
                [("line_id", "in", self.ids)], ["line_id"], ["__count"]
            )
        )
        for line in self:
            line.photo_count = counts.get(line._origin, len(line.photo_ids))


class DealerInspectionPhoto(models.Model):
    """What a point looked like."""

    _name = "dealer.inspection.photo"
    _description = "Inspection Photo"
    _order = "id"

    line_id = fields.Many2one(
        "dealer.inspection.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id")
    image = fields.Image(max_width=1600, max_height=1600, required=True)
    image_256 = fields.Image(
        "Thumbnail", related="image", max_width=256, max_height=256, store=True
    )
