# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class CrmLead(models.Model):
    """What is learnt about a prospect goes along when he becomes a customer."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "dealer.profile.mixin", "dealer.completeness.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.filtered("partner_id")._share_profile()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if vals.get("partner_id"):
            self.filtered("partner_id")._share_profile()
        elif any(vals.get(name) for name in self._get_profile_fields()):
            self.filtered("partner_id")._give_profile_to_partner()
        return result

    def _share_profile(self):
        """Lead and customer tell each other what the other lacks; nothing is replaced.

        When they meet only: what is emptied later stays empty.
        """
        self._give_profile_to_partner()
        for lead in self:
            values = lead.partner_id._prepare_profile_values(lead)
            if values:
                lead.sudo().write(values)

    def _give_profile_to_partner(self):
        """By the system: who keeps the lead need not be allowed to edit the file."""
        for lead in self:
            values = lead._prepare_profile_values(lead.partner_id)
            if values:
                lead.partner_id.sudo().write(values)

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        values = super()._prepare_customer_values(
            partner_name, is_company=is_company, parent_id=parent_id
        )
        if not is_company:  # a person's profile, not his firm's
            values |= self._prepare_profile_values(self.env["res.partner"])
        return values

    @api.model
    def _get_file_item_fields(self):
        return [
            "contact_name",
            "partner_name",
            "phone",
            "email_from",
            "vehicle_model_id",
            "purchase_date_expected",
            "source_id",
            "city",
            "street",
            "user_id",
            *self._get_profile_fields(),
        ]

    def _is_company_file(self):
        return bool(self.partner_name and not self.contact_name)

    def _merge_get_fields(self):
        names = super()._merge_get_fields()
        return names + [n for n in self._get_profile_fields() if n not in names]

    def _merge_data(self, fnames=None):
        """Of what who merges does not see, see :meth:`_merge_dependences`."""
        names = self._merge_get_fields() if fnames is None else fnames
        hidden = self._get_hidden_merge_fields()
        return super()._merge_data([name for name in names if name not in hidden])

    def _merge_dependences(self, opportunities):
        """What who merges does not see is kept by the system."""
        result = super()._merge_dependences(opportunities)
        hidden = self._get_hidden_merge_fields()
        if hidden:
            leads = (self + opportunities).sudo()
            self.sudo().write(leads._merge_data(sorted(hidden)))
        return result

    def _get_hidden_merge_fields(self):
        """Names of the merged fields that the user does not see."""
        return {
            name
            for name in self._merge_get_fields()
            if name in self._fields
            and not self._has_field_access(self._fields[name], "read")
        }

    def _merge_get_fields_specific(self):
        """Tags of all merged leads stay; of the other fields the first known value."""
        specific = super()._merge_get_fields_specific()
        for name in self._get_profile_fields():
            if self._fields[name].type == "many2many":
                specific[name] = lambda fname, leads: leads.mapped(fname)
        return specific
