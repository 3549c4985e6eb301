# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..tools.phone import classify_phone


class CrmLead(models.Model):
    """Vehicle of interest and the ledger of what was said."""

    _inherit = "crm.lead"

    vehicle_model_id = fields.Many2one(
        "fleet.vehicle.model",
        "Model of Interest",
        index="btree_not_null",
        tracking=True,
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Present Car",
        index="btree_not_null",
        help="The car the customer drives now.",
    )
    referrer_id = fields.Many2one(
        "res.partner", "Referred by Customer", index="btree_not_null"
    )
    contact_ids = fields.One2many(
        "dealer.contact",
        "lead_id",
        "Contact Ledger",
        groups="dealer_crm.group_dealer_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("partner_id"):
            self._give_contacts_to_partner()
        return result

    def unlink(self):
        """Contacts of customers outlive the lead, those of nobody go with it."""
        self.check_access("unlink")
        self.sudo().contact_ids.filtered(lambda c: not c._is_of_somebody()).unlink()
        return super().unlink()

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """Who becomes a customer of the dealership gets a customer file.

        A number that cannot be a phone is no reason to lose the customer: such a
        partner gets the file later, by the button on his form.
        """
        values = super()._prepare_customer_values(
            partner_name, is_company=is_company, parent_id=parent_id
        )
        user = self.user_id.sudo() or self.env.user
        is_phone = classify_phone(self.phone or "") != "invalid"
        if (
            not parent_id
            and is_phone
            and user.has_group("dealer_crm.group_dealer_user")
        ):
            values |= {"file_state": "draft", "company_id": self.company_id.id}
        return values

    def _merge_get_fields(self):
        """Of merged leads the first known interest stays, as core does for its own."""
        return super()._merge_get_fields() + [
            "vehicle_model_id",
            "color_wish",
            "budget_min",
            "budget_max",
            "purchase_date_expected",
            "vehicle_id",
            "referrer_id",
        ]

    def _merge_dependences(self, opportunities):
        """Contacts and grades of merged leads stay with the lead that remains."""
        result = super()._merge_dependences(opportunities)
        others = opportunities.sudo()
        others.contact_ids.write({"lead_id": self.id})
        others.grade_log_ids.write({"lead_id": self.id})
        if self.partner_id:
            self._give_contacts_to_partner()
        return result

    def _give_contacts_to_partner(self):
        """A lead that becomes a customer brings its history along."""
        for lead in self:
            lead.sudo().contact_ids.filtered(lambda c: not c.partner_id).write(
                {"partner_id": lead.partner_id.id}
            )
