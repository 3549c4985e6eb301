# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.addons.mail.tools.discuss import Store

from ..tools.phone import mask_phone


class ResPartner(models.Model):
    """Other ways than reading on which a phone leaves: vCard, avatar card, SMS."""

    _inherit = "res.partner"

    def _build_vcard(self):
        vcard = super()._build_vcard()
        if vcard and self._get_hidden_phone_ids():
            for tel in vcard.contents.get("tel") or []:
                tel.value = mask_phone(tel.value)
        return vcard

    def _get_store_avatar_card_fields(self, target):
        return [
            Store.Attr("phone", lambda p: p._get_visible_phones()[p.id] or False)
            if field == "phone"
            else field
            for field in super()._get_store_avatar_card_fields(target)
        ]

    def _sms_get_recipients_info(self, *args, **kwargs):
        """Called where the addon ``sms`` is installed: nobody to write to."""
        result = super()._sms_get_recipients_info(*args, **kwargs)
        hidden = self._get_hidden_phone_ids()
        for partner in self.filtered(lambda p: p.id in hidden):
            number = result[partner.id]["number"]
            result[partner.id] |= {
                "sanitized": False,
                "number": number and mask_phone(number),
            }
        return result
