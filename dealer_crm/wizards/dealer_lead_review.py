# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DealerLeadReview(models.TransientModel):
    """Why leads stand still, and what becomes of them: on, asleep, or lost."""

    _name = "dealer.lead.review"
    _description = "Review of Leads"

    lead_ids = fields.Many2many("crm.lead", string="Leads", required=True)
    lead_count = fields.Integer("Number of Leads", compute="_compute_lead_count")
    stale_reason_id = fields.Many2one(
        "dealer.stale.reason", "Reason of Standstill", required=True
    )
    decision = fields.Selection(
        [
            ("reactivate", "Contact again"),
            ("dormant", "Let it rest"),
            ("lost", "Lost"),
        ],
        "What now",
        required=True,
        default="reactivate",
    )
    next_contact_date = fields.Date(
        "Next Contact", default=lambda self: self.env.company._get_dealer_today()
    )
    dormant_until = fields.Date(
        "Wakes up on", help="Empty: until the customer comes back by himself."
    )
    lost_reason_id = fields.Many2one("crm.lost.reason")
    note = fields.Char(help="What else to know; kept with a dormant lead.")

    @api.depends("lead_ids")
    def _compute_lead_count(self):
        for review in self:
            review.lead_count = len(review.lead_ids)

    @api.constrains("decision", "next_contact_date", "dormant_until", "lost_reason_id")
    def _check_decision(self):
        today = self.env.company._get_dealer_today()
        for review in self:
            if review.decision == "lost" and not review.lost_reason_id:
                raise ValidationError(
                    self.env._("Lost Reason: say why these leads are lost.")
                )
            if review.decision == "reactivate" and (
                not review.next_contact_date or review.next_contact_date < today
            ):
                raise ValidationError(
                    self.env._("Next Contact: enter a day from today on.")
                )
            if review.decision == "dormant" and (
                review.dormant_until and review.dormant_until <= today
            ):
                raise ValidationError(
                    self.env._("Wakes up on: enter a day after today.")
                )

    def action_apply(self):
        """Note the reason on all leads and do with them what was decided.

        :raises UserError: none of them is open
        """
        self.ensure_one()
        leads = self.lead_ids.filtered(lambda x: x.won_status == "pending")
        if not leads:
            raise UserError(self.env._("Won and lost leads are not reviewed."))
        leads.check_access("write")
        leads._note_review(self.stale_reason_id)
        if self.decision == "reactivate":
            leads._wake(self.next_contact_date)
        elif self.decision == "dormant":
            words = [self.stale_reason_id.name, self.note]
            leads._set_dormant(self.dormant_until, " · ".join(filter(None, words)))
        else:
            leads.action_set_lost(lost_reason_id=self.lost_reason_id.id)
        return {"type": "ir.actions.act_window_close"}
