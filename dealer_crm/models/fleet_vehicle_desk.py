# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class FleetVehicle(models.Model):
    """A car as the desk and the overview show it."""

    _inherit = "fleet.vehicle"

    def _get_desk_cars(self):
        """Small cards, ready to show; a constant number of queries."""
        return [vehicle._get_desk_car() for vehicle in self]

    def _get_desk_car(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.model_id.display_name or "",
            "plate": self.license_plate or "",
            "vin": self.vin_sn or "",
            "color": self.color or "",
            "facts": [fact for fact in self._get_desk_facts() if fact],
        }

    def _get_desk_facts(self):
        """What one asks about a car at the desk: [label, value]; others add theirs."""
        self.ensure_one()
        facts = []
        if self.odometer:
            facts.append([self.env._("Odometer"), f"{self.odometer:,.0f} km"])
        warranty = self._get_desk_warranty()
        if warranty:
            facts.append([self.env._("Warranty until"), warranty])
        return facts

    def _get_desk_warranty(self):
        parts = []
        if self.warranty_end_date:
            parts.append(format_date(self.env, self.warranty_end_date))
        if self.warranty_end_odometer:
            parts.append(f"{self.warranty_end_odometer:,} km")
        return " / ".join(parts)

    def _get_desk_people(self):
        """Who is who on the car today: owner, driver, bringer, payer."""
        if not self:
            return []
        today = fields.Date.context_today(self)
        parties = self.env["dealer.vehicle.party"].search(
            Domain("vehicle_id", "in", self.ids)
            & self.env["dealer.vehicle.party"]._get_current_domain(today),
            order="role, id desc",
            limit=20,
        )
        people = self.env["dealer.reception"]._get_findable(parties.partner_id)
        phones = people._get_visible_phones()
        roles = dict(parties._fields["role"]._description_selection(self.env))
        return [
            {
                "id": party.partner_id.id,
                "name": party.partner_id.display_name,
                "phone": phones[party.partner_id.id],
                "role": roles[party.role],
            }
            for party in parties
            if party.partner_id in people
        ]
