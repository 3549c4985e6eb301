# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerChecklistItem(models.Model):
    """What a consultant has ready before the morning meeting (销售工具夹)."""

    _name = "dealer.checklist.item"
    _description = "Morning Checklist Item"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: on the checklist of every branch."
    )
