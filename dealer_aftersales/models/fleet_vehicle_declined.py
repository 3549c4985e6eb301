# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter

CARS_SHOWN = 5


class FleetVehicle(models.Model):
    """Declined work and inspections stay with the car."""

    _inherit = "fleet.vehicle"

    declined_ids = fields.One2many(
        "dealer.declined.work",
        "vehicle_id",
        "Declined Work",
        groups="dealer_aftersales.group_technician,"
        "dealer_aftersales.group_customer_relations",
    )
    declined_count = fields.Integer(
        "Open declined Work", compute="_compute_declined_count"
    )

    @api.depends_context("uid")
    def _compute_declined_count(self):
        fill_counter(
            self,
            "declined_count",
            "dealer.declined.work",
            "vehicle_id",
            [("state", "=", "open")],
        )

    def action_view_declined(self):
        """What was declined on this car; the open work first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_declined_work_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {
            "search_default_open": 1,
            "default_vehicle_id": self.id,
            "default_partner_id": self.owner_id.id,
        }
        return action


class ResPartner(models.Model):
    """The customer is here: offer again what was declined."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        return super()._get_desk_now(vehicle) + self._get_declined_lines(vehicle)

    def _get_declined_lines(self, vehicle):
        """One line per car with open declined work, in one query."""
        works = self.env["dealer.declined.work"]
        if not works.has_access("read"):
            return []
        cars = vehicle or self.env["fleet.vehicle"].search(
            [("owner_id", "in", self.ids)]
        )
        found = works.search(works._get_waiting_domain(cars))
        groups = list(found.grouped("vehicle_id").items())[:CARS_SHOWN]
        return [
            self._line("warning", "fa-reply", self._get_declined_text(mine), mine[0])
            for _car, mine in groups
        ]

    @api.model
    def _get_declined_text(self, works):
        text = self.env._("Declined before: %(work)s", work=works[0].name)
        more = len(works) - 1
        return f"{text} (+{more})" if more else text
