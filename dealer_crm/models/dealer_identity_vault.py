# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerIdentityVault(models.Model):
    """The numbers of identity documents, apart from everything a client can name.

    No role has any right on this table and no field leads to it: not even a domain
    that a job evaluates with all rights can ask for a part of a number. It is read
    by ``res.partner._get_id_numbers`` and written by ``_set_id_number`` only.
    """

    _name = "dealer.identity.vault"
    _description = "Identity Document Numbers"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    number = fields.Char(required=True, index=True)

    _partner_uniq = models.UniqueIndex("(partner_id)", "One number per person.")
