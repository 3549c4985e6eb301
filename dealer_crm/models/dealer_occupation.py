# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerOccupation(models.Model):
    """Occupations: short list, so that customers can be grouped by them."""

    _name = "dealer.occupation"
    _description = "Occupation"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
