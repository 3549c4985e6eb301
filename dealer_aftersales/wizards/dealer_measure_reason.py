# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerMeasureReason(models.TransientModel):
    """Why a measure is refused, given up or closed without proof."""

    _name = "dealer.measure.reason"
    _description = "Reason on a Measure"

    action_id = fields.Many2one(
        "dealer.corrective.action",
        "Measure",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self._get_measure(),
    )
    kind = fields.Selection(
        [
            ("refuse", "Refuse Measure"),
            ("cancel", "Give up or Dismiss"),
            ("close", "Close without Proof"),
        ],
        required=True,
        readonly=True,
        default="cancel",
    )
    reason = fields.Char(required=True)

    @api.model
    def _get_measure(self):
        measures = self.env["dealer.corrective.action"]
        return measures.browse(self.env.context.get("active_id"))

    def action_confirm(self):
        self.ensure_one()
        if self.kind == "refuse":
            self.action_id.action_refuse(self.reason)
        elif self.kind == "close":
            self.action_id.action_close(self.reason)
        else:
            self.action_id.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
