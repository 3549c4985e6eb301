# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerLeadChannel(models.Model):
    """By which way prospects come: the second level below the source.

    Seed 002 names the seven ways that are shipped; each belongs to one source.
    """

    _name = "dealer.lead.channel"
    _description = "Lead Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    source_id = fields.Many2one(
        "utm.source", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
