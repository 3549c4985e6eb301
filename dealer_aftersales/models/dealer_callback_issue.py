# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerCallbackIssue(models.Model):
    """A problem customers name on the phone; the report ranks them."""

    _name = "dealer.callback.issue"
    _description = "Problem named by a Customer"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name for imports.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    _code_uniq = models.Constraint("UNIQUE (code)", "Each code stands once.")
