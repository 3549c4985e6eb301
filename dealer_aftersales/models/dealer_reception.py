# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.tools import search_sql
from odoo.fields import Domain

from ..tools.service_state import IN_HOUSE

OPEN_STATES = ["draft", "confirmed", "under_repair"]


class DealerReception(models.AbstractModel):
    """Repair orders at the desk: found by number, shown while they are open."""

    _inherit = "dealer.reception"

    @api.model
    def _get_search_sources(self, typed):
        domain = Domain.FALSE
        if typed.number:
            domain = search_sql.upper_number_tail("name", typed.number)
        return [
            *super()._get_search_sources(typed),
            {
                "model": "repair.order",
                "domain": domain,
                "partner": "partner_id",
                "vehicle": "vehicle_id",
                "rank": 1,
                "reason": self.env._("Repair Order"),
            },
        ]

    @api.model
    def _get_open_items(self, partners, vehicles):
        items = super()._get_open_items(partners, vehicles)
        repairs = self.env["repair.order"]
        if not repairs.has_access("read"):
            return items
        repairs = repairs.search_fetch(
            Domain("partner_id", "in", partners.ids) & repairs._get_desk_domain(),
            ["name", "partner_id"],
            limit=40,
        )
        for repair in repairs:
            items[repair.partner_id.id].append(
                self.env._("in the workshop: %(number)s", number=repair.name)
            )
        return items

    @api.model
    def _get_new_actions(self, text):
        """Advisors enter car, customer and order of somebody unknown in one dialog."""
        actions = super()._get_new_actions(text)
        if not self.env["dealer.unknown.car"].has_access("create"):
            return actions
        person, car = self._read_new_values(text)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_unknown_car_action"
        )
        action["context"] = {
            f"default_{name}": value for name, value in {**person, **car}.items()
        }
        button = self._button("unknown_car", action["name"], "fa-wrench", action)
        return [button, *actions]

    @api.model
    def _get_desk_actions(self, partner, vehicle, lead):
        actions = super()._get_desk_actions(partner, vehicle, lead)
        if not vehicle or not self.env["repair.order"].has_access("create"):
            return actions
        action = vehicle.action_new_repair()
        if partner:
            action["context"]["default_partner_id"] = partner.id
        label = self.env._("Open Repair Order")
        return [self._button("repair", label, "fa-wrench", action, True), *actions]


class RepairOrder(models.Model):
    _inherit = "repair.order"

    @api.model
    def _get_desk_domain(self):
        """Orders the desk speaks of: cars that are here, and core's own repairs."""
        return Domain("service_state", "in", list(IN_HOUSE)) | (
            Domain("vehicle_id", "=", False) & Domain("state", "in", OPEN_STATES)
        )
