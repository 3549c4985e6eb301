# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dealer_complaint import COMPLAINT_STATES


class DealerComplaintLog(models.Model):
    """Each step of a complaint, with person and time (CMP-01).

    No line is written when it is entered: that is the complaint itself. Minutes tell
    how long it was in the state it left.
    """

    _name = "dealer.complaint.log"
    _description = "Complaint Step"
    _order = "date desc, id desc"

    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    state_from = fields.Selection(
        COMPLAINT_STATES, "Step before", required=True, readonly=True
    )
    state_to = fields.Selection(COMPLAINT_STATES, "To", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    date = fields.Datetime("At", required=True, readonly=True)
    minutes = fields.Integer(
        "Minutes before",
        readonly=True,
        help="How long the complaint was in the state it left.",
    )
    reason = fields.Char(readonly=True)


class DealerComplaint(models.Model):
    _inherit = "dealer.complaint"

    log_ids = fields.One2many(
        "dealer.complaint.log", "complaint_id", "Steps", readonly=True, copy=False
    )

    def _log_step(self, source, target, reason=False):
        self.ensure_one()
        now = fields.Datetime.now()
        logs = self.env["dealer.complaint.log"].sudo()
        last = logs.search([("complaint_id", "=", self.id)], limit=1)
        since = last.date or self.date_received
        logs.create(
            {
                "complaint_id": self.id,
                "state_from": source,
                "state_to": target,
                "user_id": self.env.uid,
                "date": now,
                "minutes": max(0, int((now - since).total_seconds() // 60)),
                "reason": reason,
            }
        )
