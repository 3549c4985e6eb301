# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerGradeLadder(models.Model):
    """A set of prospect grades. Makers differ in windows; each company picks one."""

    _name = "dealer.grade.ladder"
    _description = "Grade Ladder"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Text("Description", translate=True)
    grade_ids = fields.One2many("dealer.grade", "ladder_id", "Grades", copy=True)

    is_in_use = fields.Boolean(compute="_compute_is_in_use")

    @api.depends_context("company")
    def _compute_is_in_use(self):
        current = self.env.company.sudo().grade_ladder_id
        for ladder in self:
            ladder.is_in_use = ladder == current

    def action_use(self):
        """Make this the ladder of the current company. Open leads keep their grade."""
        self.ensure_one()
        self.check_access("write")
        self.env.company.sudo().grade_ladder_id = self
        return True
