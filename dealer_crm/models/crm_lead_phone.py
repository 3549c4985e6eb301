# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class CrmLead(models.Model):
    """A lead that is not saved tells no phone that the customer's form hides."""

    _inherit = "crm.lead"

    def _compute_phone(self):
        """The phone comes along when the lead is saved: that leaves a trace."""
        drafts = self.filtered(lambda lead: not lead.id and lead.partner_id)
        partners = drafts.partner_id.sudo(False)
        hidden = partners._get_hidden_phone_ids()
        secret = drafts.filtered(lambda lead: lead.partner_id._origin.id in hidden)
        return super(CrmLead, self - secret)._compute_phone()

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("partner_id") and not vals.get("phone"):
                vals.pop("phone", None)  # taken from the customer
        return super().create(vals_list)
