# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..models.dealer_repair_estimate import APPROVAL_METHODS


class DealerRepairApproval(models.TransientModel):
    """The customer's answer to an estimate: by signature, by call, in person."""

    _name = "dealer.repair.approval"
    _description = "Customer's Answer"

    estimate_id = fields.Many2one(
        "dealer.repair.estimate", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="estimate_id.currency_id")
    amount = fields.Monetary(related="estimate_id.amount")
    answer = fields.Selection(
        [("approved", "Approved"), ("refused", "Refused")],
        required=True,
        default="approved",
    )
    method = fields.Selection(
        APPROVAL_METHODS, "Answered by", required=True, default="in_person"
    )
    open_line_ids = fields.Many2many(
        "dealer.repair.estimate.line", compute="_compute_open_line_ids"
    )
    refused_line_ids = fields.Many2many(
        "dealer.repair.estimate.line",
        "dealer_repair_approval_refused_rel",
        string="Not wanted",
        domain="[('id', 'in', open_line_ids)]",
    )
    content = fields.Text("What was said")
    reason = fields.Char("Reason of refusal")
    signed_by = fields.Char("Signed by")
    signature = fields.Binary()

    @api.depends("estimate_id")
    def _compute_open_line_ids(self):
        for wizard in self:
            wizard.open_line_ids = wizard.estimate_id._get_open_lines()

    def action_confirm(self):
        """Record the answer."""
        self.ensure_one()
        repair = self.estimate_id.repair_id
        repair._check_may_charge()
        answer = {"method": self.method, "estimate": self.estimate_id}
        answer["content"] = self.content
        if self.method == "signature":
            answer |= {"signature": self.signature, "signed_by": self.signed_by}
        if self.answer == "approved":
            repair._approve_estimate(refused=self.refused_line_ids, **answer)
        else:
            repair._refuse_estimate(reason=self.reason, **answer)
        return {"type": "ir.actions.act_window_close"}
