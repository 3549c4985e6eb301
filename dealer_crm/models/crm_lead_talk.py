# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """What is prepared for the next talk, and kept with the talk afterwards."""

    _inherit = "crm.lead"

    talking_points = fields.Text(
        copy=False, help="What you want to talk about next time."
    )
    objection_ids = fields.Many2many(
        "dealer.objection",
        string="Expected Objections",
        copy=False,
        groups="dealer_crm.group_dealer_user",
    )

    def _check_feedback(self, feedback):
        """:raises UserError: follow-ups are done, and nobody says what was said"""
        if (feedback or "").strip():
            return
        if any(lead._is_planned_by_grade() for lead in self.sudo()):
            raise UserError(self.env["dealer.contact"]._get_content_message())

    def _log_done_follow_up(self, feedback):
        """The activity marked as done is a contact like any other in the ledger."""
        self.env["dealer.contact"].sudo().create(
            [
                {
                    "lead_id": lead.id,
                    "user_id": self.env.uid,
                    "outcome": "reached",
                    "content": feedback or False,
                    **lead._prepare_done_values(),
                }
                for lead in self.sudo()
            ]
        )

    def _prepare_done_values(self):
        """As planned: by the channel and for the purpose of the follow-up."""
        self.ensure_one()
        channel = self._get_next_channel()
        return {"channel": channel} if channel else {}
