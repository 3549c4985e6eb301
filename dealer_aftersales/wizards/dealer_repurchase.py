# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

SERVICE = (
    "dealer_aftersales.group_service_advisor",
    "dealer_aftersales.group_customer_relations",
)


class DealerRepurchase(models.TransientModel):
    """Service and customer care make the lead for a consultant, not for themselves."""

    _inherit = "dealer.repurchase"

    def _is_service_hint(self):
        """Whether the user serves customers but does not sell to them."""
        user = self.env.user
        sells = user.has_group("dealer_crm.group_sales_consultant")
        return not sells and any(map(user.has_group, SERVICE))

    def _get_leads(self):
        leads = super()._get_leads()
        return leads.sudo() if self._is_service_hint() else leads

    def _prepare_lead_values(self):
        values = super()._prepare_lead_values()
        if self._is_service_hint():
            values["service_hint_user_id"] = self.env.uid
            if values["user_id"] == self.env.uid:
                values["user_id"] = False  # the sales department decides
        return values

    def _open_lead(self, lead):
        """Who may not read the lead is told whom it went to, and thanked."""
        if lead.sudo(False).has_access("read"):
            return super()._open_lead(lead)
        name = lead.sudo().user_id.name
        text = (
            self.env._("Thank you! %(name)s will talk to the customer.", name=name)
            if name
            else self.env._("Thank you! The sales manager chooses a consultant.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
