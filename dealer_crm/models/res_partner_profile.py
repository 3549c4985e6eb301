# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    """Profile and completeness of a customer; other partners leave both empty."""

    _name = "res.partner"
    _inherit = ["res.partner", "dealer.profile.mixin", "dealer.completeness.mixin"]

    note_ids = fields.One2many(
        "dealer.customer.note",
        "partner_id",
        "Personal Notes",
        groups="dealer_crm.group_dealer_user",
    )

    @api.model
    def _get_file_item_fields(self):
        return [
            "name",
            "phone",
            "email",
            "gender",
            "birthdate_date",
            "street",
            "zip",
            "city",
            "state_id",
            "country_id",
            "vat",
            "user_id",
            "category_id",
            "lang",
            *self._get_profile_fields(),
        ]

    @api.model
    def _get_completeness_depends(self):
        return ["file_state", "is_company", *super()._get_completeness_depends()]

    @api.model
    def _get_completeness_domain(self):
        return [("file_state", "!=", False)]

    def _get_file_items(self):
        return super()._get_file_items() if self.file_state else []

    def _is_company_file(self):
        return self.is_company

    def action_view_customer_notes(self):
        """What one's own department noted about this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_customer_note_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action
