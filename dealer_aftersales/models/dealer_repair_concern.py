# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerRepairConcern(models.Model):
    """What the customer says is wrong, in the customer's words."""

    _name = "dealer.repair.concern"
    _description = "Customer Concern"
    _order = "repair_id, sequence, id"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Description", required=True)
    company_id = fields.Many2one(related="repair_id.company_id")
