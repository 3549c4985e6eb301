# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerCustomerNote(models.Model):
    _inherit = "dealer.customer.note"

    @api.model
    def _get_user_department(self):
        """Workshop and customer relations share what they know; sales keeps its own."""
        has_group = self.env.user.has_group
        if not has_group("dealer_crm.group_sales_consultant") and (
            has_group("dealer_aftersales.group_technician")
            or has_group("dealer_aftersales.group_customer_relations")
        ):
            return "service"
        return super()._get_user_department()
