# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class CrmLead(models.Model):
    """A lead that is not saved tells no phone that the customer's form hides."""

    _inherit = "crm.lead"

    def _compute_phone(self):
        """The phone comes along when the lead is saved: that leaves a trace."""
        drafts = self.filtered(lambda lead: not lead.id and lead.partner_id)
        partners = drafts.partner_id._origin.sudo(False)
        hidden = partners._get_hidden_phone_ids()
        hidden = hidden.union((partners - partners._filtered_access("read")).ids)
        secret = drafts.filtered(lambda lead: lead.partner_id._origin.id in hidden)
        return super(CrmLead, self - secret)._compute_phone()

    def onchange(self, values, field_names, fields_spec):
        """Nobody looks into another branch's customer by a lead he never saves."""
        if not self.env.su:
            named = (
                values.get("partner_id"),
                self.env.context.get("default_partner_id"),
            )
            ids = [id_ for id_ in named if id_ and isinstance(id_, int)]
            partners = self.env["res.partner"].browse(ids).exists()
            if partners:
                partners.check_access("read")
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("partner_id") and not vals.get("phone"):
                vals.pop("phone", None)  # taken from the customer
        return super().create(vals_list)
