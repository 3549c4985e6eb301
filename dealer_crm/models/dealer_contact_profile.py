# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerContact(models.Model):
    """What is known about the person before the talk, and what a call tells of him."""

    _inherit = "dealer.contact"

    profile_hint = fields.Char("Good to know", compute="_compute_profile_hint")

    @api.depends("partner_id", "lead_id")
    def _compute_profile_hint(self):
        for contact in self:
            person = contact.partner_id or contact.lead_id
            contact.profile_hint = person._get_profile_hint() if person else False

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._mark_wrong_phones()
        return contacts

    def _mark_wrong_phones(self):
        """A call that reached somebody else: the file's number is to be corrected."""
        wrong = self.sudo().filtered(
            lambda c: c.outcome == "wrong_number" and c.channel in ("phone", "sms")
        )
        wrong.partner_id.filtered("file_state").write({"phone_invalid": True})
