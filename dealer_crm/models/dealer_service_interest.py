# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerServiceInterest(models.Model):
    """Services a customer asked about: whom to offer what."""

    _name = "dealer.service.interest"
    _description = "Service of Interest"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
