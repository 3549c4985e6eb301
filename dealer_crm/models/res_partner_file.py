# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.phone import classify_phone


class ResPartner(models.Model):
    """How a partner gets a customer file, and to which branch it belongs."""

    _inherit = "res.partner"

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if values.get("file_state") and "company_id" in fields_list:
            values.setdefault("company_id", self.env.company.id)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """A new file belongs to the current branch; an empty one is shared."""
        is_file = self.env.context.get("dealer_customer_file")
        company_id = self.env.context.get("default_company_id", self.env.company.id)
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            has_file = vals.get("file_state", is_file and not vals.get("parent_id"))
            if has_file or is_file:
                vals.setdefault("company_id", has_file and company_id)
        partners = super().create(vals_list)
        partners.filtered("file_state")._check_file_state_moves("draft")
        return partners

    def write(self, vals):
        if "file_state" in vals:
            state = vals["file_state"]
            self.filtered(lambda p: p.file_state != state)._check_file_state_moves(
                state
            )
        return super().write(vals)

    def _check_file_state_moves(self, state):
        """A user opens a file; all further steps are the system's.

        :raises AccessError: any other change of the state
        """
        if self.env.su:
            return
        for partner in self:
            if state == "draft" and partner.file_state in (False, "draft"):
                continue
            raise AccessError(
                self.env._("The state of a customer file is set by the system.")
            )

    def _is_customer_phone_valid(self):
        self.ensure_one()
        return bool(self.phone) and classify_phone(self.phone) != "invalid"

    def _open_customer_file(self):
        """Partners without a file become customers: phone in one form, a number."""
        for partner in self.filtered(lambda p: not p.file_state):
            vals = {"file_state": "draft", "phone": partner.phone, "vat": partner.vat}
            self._normalize_customer_values(vals, is_file=True)
            partner.write(vals)
        self._assign_customer_number()

    def action_open_customer_file(self):
        """Make this contact a customer of the dealership."""
        self._open_customer_file()
        return True
