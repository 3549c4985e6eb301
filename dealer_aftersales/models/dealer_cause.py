# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerCause(models.Model):
    """Why something went wrong: one tree for findings on the phone and complaints."""

    _name = "dealer.cause"
    _description = "Cause"
    _parent_store = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("dealer.cause", "Belongs to", ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("dealer.cause", "parent_id", "Causes below")
    display_name = fields.Char(recursive=True)
    kind = fields.Selection(
        [
            ("person", "Person"),
            ("process", "Process"),
            ("part", "Part"),
            ("communication", "Communication"),
            ("other", "Other"),
        ],
        required=True,
        default="process",
    )

    @api.depends("name", "parent_id.display_name")
    def _compute_display_name(self):
        for cause in self:
            names = (cause.parent_id.display_name, cause.name)
            cause.display_name = " / ".join(filter(None, names))
