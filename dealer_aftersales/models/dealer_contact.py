# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


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

    def write(self, vals):
        if "callback_id" in vals and not self.env.su:
            if self.filtered(
                lambda c: c.callback_id.id != (vals["callback_id"] or False)
            ):
                raise UserError(
                    self.env._(
                        "A logged contact stays with the callback it counted on."
                    )
                )
        return super().write(vals)

    def _apply_to_callbacks(self):
        """Each logged attempt counts on its callback, in the order of the calls."""
        for contact in self.sorted("date"):
            contact.callback_id._register_attempt(contact)
