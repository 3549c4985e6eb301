# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class CrmLead(models.Model):
    """A dormant lead rests: it waits for no contact until its day or the customer."""

    _inherit = "crm.lead"

    dormant_on = fields.Date(
        "Dormant since", readonly=True, copy=False, index="btree_not_null"
    )
    dormant_until = fields.Date(readonly=True, copy=False)
    dormant_reason = fields.Char("Why dormant", readonly=True, copy=False)
    stale_reason_id = fields.Many2one(
        "dealer.stale.reason",
        "Reason of Standstill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
