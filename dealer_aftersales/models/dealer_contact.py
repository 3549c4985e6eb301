# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerContact(models.Model):
    _inherit = "dealer.contact"

    callback_id = fields.Many2one(
        "dealer.callback", ondelete="set null", index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts.filtered("callback_id")._apply_to_callbacks()
        return contacts

    @api.model
    def _get_past_fields(self):
        return super()._get_past_fields() | {"callback_id"}

    @api.model
    def _get_author_override_groups(self):
        return [
            *super()._get_author_override_groups(),
            "dealer_aftersales.group_service_manager",
        ]

    def _apply_to_callbacks(self):
        """Each logged attempt counts on its callback, in the order of the calls."""
        for contact in self.sorted("date"):
            contact.callback_id._register_attempt(contact)
