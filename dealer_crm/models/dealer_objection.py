# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerObjection(models.Model):
    """What customers say against it, and how an experienced colleague answers.

    Seed 004, steps 3 and 4 of a follow-up: write down before the call what you want
    to talk about, and estimate what the customer will answer.
    """

    _name = "dealer.objection"
    _description = "Objection and Answer"
    _order = "sequence, id"

    name = fields.Char("Objection", required=True, translate=True)
    answer = fields.Text("Suggested Answer", translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
