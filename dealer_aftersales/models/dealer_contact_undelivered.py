# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerContact(models.Model):
    """What messages that reached nobody mean for their push or registration."""

    _inherit = "dealer.contact"

    def _note_not_delivered(self, failure):
        result = super()._note_not_delivered(failure)
        own = [("contact_id", "in", self.ids)]
        lines = self.env["dealer.push.line"].search([*own, ("state", "=", "done")])
        lines.state = "failed"
        entries = self.env["dealer.club.registration"].search(
            [*own, ("state", "=", "confirmed"), ("confirmed_by", "=", "sms")]
        )
        entries._take_confirmation_back()
        return result
