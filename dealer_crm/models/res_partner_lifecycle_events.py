# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The events that move a customer's life cycle at once.

Read with all rights: who gives a lead away may not read it any more.
"""

from odoo import api, models

CAR_FIELDS = frozenset({"trade_state", "active", "origin"})
LEAD_FIELDS = frozenset({"partner_id", "active", "stage_id", "probability"})
ORDER_FIELDS = frozenset({"state", "partner_id", "opportunity_id"})
ROLE_FIELDS = frozenset({"partner_id", "vehicle_id", "role", "date_from", "date_to"})


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.sudo().partner_id._refresh_lifecycle("lead")
        return leads

    def write(self, vals):
        result = super().write(vals)
        if LEAD_FIELDS & vals.keys():
            self.sudo().partner_id._refresh_lifecycle("lead")
        return result


class DealerVehicleParty(models.Model):
    _inherit = "dealer.vehicle.party"

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        parties.sudo().partner_id._refresh_lifecycle("car")
        return parties

    def write(self, vals):
        partners = self.sudo().partner_id
        result = super().write(vals)
        if ROLE_FIELDS & vals.keys():
            (partners | self.sudo().partner_id)._refresh_lifecycle("car")
        return result

    def unlink(self):
        partners = self.sudo().partner_id
        result = super().unlink()
        partners._refresh_lifecycle("car")
        return result


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    def write(self, vals):
        result = super().write(vals)
        if CAR_FIELDS & vals.keys():
            self.sudo().owner_id._refresh_lifecycle("car")
        return result


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        confirmed = orders.sudo().filtered(lambda order: order.state == "sale")
        confirmed.partner_id._refresh_lifecycle("order")
        return orders

    def write(self, vals):
        if not ORDER_FIELDS & vals.keys():
            return super().write(vals)
        confirmed = self.sudo().filtered(lambda order: order.state == "sale")
        partners = confirmed.partner_id
        result = super().write(vals)
        confirmed |= self.sudo().filtered(lambda order: order.state == "sale")
        (partners | confirmed.partner_id)._refresh_lifecycle("order")
        return result
