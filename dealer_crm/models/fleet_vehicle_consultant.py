# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import AccessError


class FleetVehicle(models.Model):
    """Whose customer an owner is follows the car: nobody takes it for himself."""

    _inherit = "fleet.vehicle"

    def write(self, vals):
        if "sales_user_id" in vals and not self.env.su:
            self._check_consultant(vals["sales_user_id"])
        return super().write(vals)

    def _check_consultant(self, user_id):
        """:raises AccessError: a colleague's car or customer, and no manager"""
        partners = self.env["res.partner"]
        if not partners._has_masked_phones():
            return
        changed = self.sudo().filtered(lambda v: v.sales_user_id.id != user_id)
        hidden = partners.browse(changed.owner_id.ids)._get_hidden_phone_ids()
        for vehicle in changed:
            colleague = vehicle.sales_user_id - self.env.user
            if colleague or vehicle.owner_id.id in hidden:
                raise AccessError(
                    self.env._(
                        "Sales Consultant of %(car)s: a manager hands a colleague's "
                        "customer over.",
                        car=vehicle.display_name,
                    )
                )
