# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerBlacklistMixin(models.AbstractModel):
    """A blacklist entry of core withdraws the consent of the customers behind it."""

    _name = "dealer.blacklist.mixin"
    _description = "Blacklist in step with Consent"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries._note_in_consents()
        return entries

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._note_in_consents()
        return result

    def _note_in_consents(self):
        """Blacklisted: withdrawn. Taken off again: given, where the list withdrew."""
        if self.env.su and self.env.context.get("dealer_blacklist_from_consent"):
            return
        for entry in self.sudo():
            field, value, channels = entry._get_consent_key()
            partners = self.env["res.partner"].sudo()
            partners = partners.search(
                [(field, "=", value), ("file_state", "!=", False)]
            )
            for partner in partners.with_context(dealer_consent_from_blacklist=True):
                entry._note_for(partner, channels)

    def _note_for(self, partner, channels):
        current = partner.consent_ids.filtered(
            lambda c: c.is_current and c.purpose == "marketing" and not c.vehicle_id
        )
        states = {line.channel: line for line in current}
        for channel in channels:
            line = states.get(channel)
            said_no = line and line.state == "withdrawn"
            if self.active and not said_no:
                partner._note_consent(
                    [channel], ["marketing"], "withdrawn", "blacklist"
                )
            elif not self.active and said_no and line.source == "blacklist":
                partner._note_consent([channel], ["marketing"], "given", "blacklist")

    def _get_consent_key(self):
        """(partner field, value, channels of dealer.consent)"""
        raise NotImplementedError


class PhoneBlacklist(models.Model):
    _name = "phone.blacklist"
    _inherit = ["phone.blacklist", "dealer.blacklist.mixin"]

    def _get_consent_key(self):
        return "phone_sanitized", self.number, ("call", "sms")


class MailBlacklist(models.Model):
    _name = "mail.blacklist"
    _inherit = ["mail.blacklist", "dealer.blacklist.mixin"]

    def _get_consent_key(self):
        return "email_normalized", self.email, ("email",)
