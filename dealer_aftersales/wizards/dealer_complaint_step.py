# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

METHODS = {
    "back": "action_step_back",
    "withdraw": "action_withdraw",
    "reopen": "action_reopen",
    "unconfirmed": "action_close_unconfirmed",
}


class DealerComplaintStep(models.TransientModel):
    """Why a complaint leaves its usual way; the reason stands in its steps."""

    _name = "dealer.complaint.step"
    _description = "Step with Reason"

    complaint_id = fields.Many2one(
        "dealer.complaint",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self._get_complaint(),
    )
    state = fields.Selection(related="complaint_id.state", string="Current State")
    step = fields.Selection(
        [
            ("back", "Step Back"),
            ("withdraw", "Withdraw"),
            ("reopen", "Reopen"),
            ("unconfirmed", "Close without Confirmation"),
        ],
        "What",
        required=True,
        default="back",
    )
    reason = fields.Char(required=True)

    @api.model
    def _get_complaint(self):
        return self.env["dealer.complaint"].browse(self.env.context.get("active_id"))

    def action_apply(self):
        """Hand the reason to the method of the complaint, which checks all."""
        self.ensure_one()
        getattr(self.complaint_id, METHODS[self.step])(self.reason)
        return {"type": "ir.actions.act_window_close"}
