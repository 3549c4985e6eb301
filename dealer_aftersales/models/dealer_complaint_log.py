# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dealer_complaint import COMPLAINT_STATES


class DealerComplaintLog(models.Model):
    """Each step of a complaint, with person and time (CMP-01)."""

    _name = "dealer.complaint.log"
    _description = "Complaint Step"
    _inherit = "dealer.step.log.mixin"

    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    state_from = fields.Selection(
        COMPLAINT_STATES, "Step before", required=True, readonly=True
    )
    state_to = fields.Selection(COMPLAINT_STATES, "To", required=True, readonly=True)


class DealerComplaint(models.Model):
    _inherit = "dealer.complaint"

    log_ids = fields.One2many(
        "dealer.complaint.log", "complaint_id", "Steps", readonly=True, copy=False
    )

    def _log_step(self, source, target, reason=False):
        self.ensure_one()
        logs = self.env["dealer.complaint.log"].sudo()
        last = logs.search([("complaint_id", "=", self.id)], limit=1)
        since = last.date or self.date_received
        step = logs._prepare_step(source, target, since, reason)
        logs.create({**step, "complaint_id": self.id})
