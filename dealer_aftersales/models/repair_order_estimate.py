# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class RepairOrder(models.Model):
    """The customer approves what he pays before the work begins."""

    _inherit = "repair.order"

    estimate_ids = fields.One2many(
        "dealer.repair.estimate", "repair_id", "Estimates", readonly=True
    )
    estimate_state = fields.Selection(
        [
            ("none", "No Estimate"),
            ("to_approve", "Waiting for Approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("extra", "Approval needed"),
        ],
        "Estimate",
        default="none",
        readonly=True,
        copy=False,
    )

    def action_send_estimate(self):
        """Put the order's lines to the customer as a new version of the estimate."""

    def action_estimate_approved(self, method="in_person", **kwargs):
        """Record that the customer said yes to the newest estimate."""

    def _approve_estimate(self, method, estimate=None, refused=None, **values):
        """The customer's yes, whoever records it: advisor, portal, tablet."""

    def _refuse_estimate(self, reason=None, method="in_person", **values):
        """The customer's no to all of the estimate."""

    def _on_lines_declined(self, lines):
        """Hook: the customer declined these estimate lines (before they go)."""
