# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerReveal(models.TransientModel):
    """Asks why a hidden number is needed. It never holds the number itself."""

    _name = "dealer.reveal"
    _description = "Show Personal Data"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("phone", "Phone"), ("id_number", "ID Number")], required=True, readonly=True
    )
    reason = fields.Selection(
        [
            ("call_back", "The customer asks for a call"),
            ("contract", "Contract or invoice"),
            ("insurance", "Insurance or registration"),
            ("substitute", "Stand-in for a colleague"),
            ("correction", "Checking the file"),
            ("other", "Other"),
        ],
        required=True,
        default="call_back",
    )
    note = fields.Char("Remark")

    def action_show(self):
        """Log the reason and show the number on the screen."""
        self.ensure_one()
        reason = dict(self._fields["reason"]._description_selection(self.env))[
            self.reason
        ]
        if self.note:
            reason = f"{reason}: {self.note}"
        if self.kind == "phone":
            return self.partner_id.action_reveal_phone(reason)
        return self.partner_id.action_reveal_id_number(reason)
