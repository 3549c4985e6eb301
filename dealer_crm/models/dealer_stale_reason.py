# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerStaleReason(models.Model):
    """Why a lead stands still; a manager edits the list."""

    _name = "dealer.stale.reason"
    _description = "Reason of Standstill"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE (name)", "This reason exists already.")
