# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerApprovalLog(models.Model):
    """One line per step of an approval: who moved what from where to where, and why.

    Lines are written by the approval mixin only and never change.
    """

    _name = "dealer.approval.log"
    _description = "Approval Log"
    _order = "id desc"
    _rec_name = "res_model"

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    state_from = fields.Char("From", readonly=True)
    state_to = fields.Char("To", required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    reason = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    _document_idx = models.Index("(res_model, res_id)")
