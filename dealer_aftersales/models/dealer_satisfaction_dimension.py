# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerSatisfactionDimension(models.Model):
    """What a question judges: the seed's four values of a service (SAT-08)."""

    _name = "dealer.satisfaction.dimension"
    _description = "Dimension of Satisfaction"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name for imports.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char("What belongs to it", translate=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "Each code stands once.")
