# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerHobby(models.Model):
    """Hobbies of customers: what to talk about, whom to invite."""

    _name = "dealer.hobby"
    _description = "Hobby"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
