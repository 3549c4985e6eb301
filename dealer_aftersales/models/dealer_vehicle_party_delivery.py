# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerVehicleParty(models.Model):
    """A car handed over today is thanked for today, not the morning after."""

    _inherit = "dealer.vehicle.party"

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        parties._request_delivery_calls()
        return parties

    def _request_delivery_calls(self):
        """Run the callback job soon where a car of ours was handed over today."""
        today = self.env.company._get_dealer_today()
        if any(
            party.role == "owner" and party.date_from == today and party._is_our_sale()
            for party in self
        ):
            cron = self.env.ref("dealer_aftersales.ir_cron_make_callbacks", False)
            if cron:
                cron.sudo()._trigger()

    def _is_our_sale(self):
        """Twin of the condition in the delivery policies."""
        self.ensure_one()
        return self.source == "own_sale" or bool(self.sale_order_id)
