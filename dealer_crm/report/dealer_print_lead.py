# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

#: Fields of the customer block of every form about a lead, in the order of the paper.
CUSTOMER = [
    "contact_name",
    "phone",
    "phone_second",
    "wechat_id",
    "email_from",
    "city",
    "street",
    "occupation_id",
    "employer",
    "preferred_channel",
    "preferred_time",
]


class DealerLeadPrint(models.AbstractModel):
    """Forms about a lead: his name and number as the reader may see them."""

    _name = "dealer.lead.print"
    _inherit = "dealer.print"
    _description = "Printed Form of a Lead"

    @api.model
    def _get_text(self, record, name):
        if name == "contact_name":
            return record.contact_name or record.partner_id.sudo().name or ""
        if name == "phone" and record._name == "crm.lead":
            return self._get_lead_phone(record)
        return super()._get_text(record, name)

    @api.model
    def _get_lead_phone(self, lead):
        """Masked where the customer's own form masks it."""
        partner = lead.partner_id
        known = partner.sudo().phone or ""
        visible = partner._get_visible_phones().get(partner.id, "")
        return (lead.phone or "") if visible == known else visible

    @api.model
    def _get_labels(self):
        return super()._get_labels() | {
            "contact_name": self.env._("Customer's Name"),
            "phone": self.env._("Phone"),
            "source_id": self.env._("Source"),
            "email_from": self.env._("E-mail"),
            "vehicle_id": self.env._("Present Car"),
        }
