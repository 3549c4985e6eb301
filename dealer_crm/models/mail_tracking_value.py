# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class MailTrackingValue(models.Model):
    """The history of a customer shows no phone that the form hides."""

    _inherit = "mail.tracking.value"

    def _filter_has_field_access(self, env):
        trackings = super()._filter_has_field_access(env)
        partners = env["res.partner"]
        if not partners._has_masked_phones():
            return trackings
        names = partners._get_phone_fields()
        phones = trackings.filtered(
            lambda t: t.field_id.model == "res.partner" and t.field_id.name in names
        )
        shown = partners.browse(phones.mail_message_id.mapped("res_id"))
        hidden = shown._get_hidden_phone_ids()
        return trackings - phones.filtered(lambda t: t.mail_message_id.res_id in hidden)
