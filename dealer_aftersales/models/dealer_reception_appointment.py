# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerReception(models.AbstractModel):
    """Book a visit, or receive the car that was booked, from the card of the desk."""

    _inherit = "dealer.reception"

    @api.model
    def _get_desk_actions(self, partner, vehicle, lead):
        actions = super()._get_desk_actions(partner, vehicle, lead)
        if not vehicle or not self.env["dealer.appointment"].has_access("create"):
            return actions
        label = self.env._("Book a Visit")
        action = vehicle.action_book_visit()
        if partner:
            action["context"]["default_partner_id"] = partner.id
        action["context"]["default_source"] = "desk"
        button = self._button("book", label, "fa-calendar-plus-o", action)
        first = 1 if actions and actions[0]["key"] == "repair" else 0
        return [*actions[:first], button, *actions[first:]]


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    def action_book_visit(self):
        """An empty appointment for this car."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Book a Visit"),
            "res_model": "dealer.appointment",
            "views": [(False, "form")],
            "context": {
                "default_vehicle_id": self.id,
                "default_partner_id": self.owner_id.id,
            },
        }

    def action_view_visits(self):
        """All visits of this car that were asked for, booked or missed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_appointment_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {"default_vehicle_id": self.id}
        action["views"] = [(False, "list"), (False, "form")]
        return action


class DealerCallback(models.Model):
    """A reminder that ends with a date: booked from the card of the call."""

    _inherit = "dealer.callback"

    def action_book_visit(self):
        """An appointment for the car of the call.

        :return: the action that opens it
        """
        self.ensure_one()
        action = self.vehicle_id.action_book_visit()
        action["context"] |= {
            "default_partner_id": self.partner_id.id,
            "default_callback_id": self.id,
            "default_source": "reminder",
        }
        return action


class DealerHandover(models.Model):
    _inherit = "dealer.handover"

    @api.model
    def _get_handover_sources(self):
        return [
            *super()._get_handover_sources(),
            {
                "key": "visits",
                "label": self.env._("Booked visits"),
                "model": "dealer.appointment",
                "field": "advisor_id",
                "domain": [("state", "in", ("requested", "booked"))],
                "partner": "partner_id",
            },
        ]


class DealerTimelineMixin(models.AbstractModel):
    _inherit = "dealer.timeline.mixin"

    def _get_timeline_sources(self):
        return [
            *super()._get_timeline_sources(),
            {
                "kind": "visit_plan",
                "label": self.env._("Appointments"),
                "icon": "fa-calendar",
                "model": "dealer.appointment",
                "date": "date_start",
                "partner": "partner_id",
                "vehicle": "vehicle_id",
                "domain": [("state", "!=", "arrived")],
                "describe": self._describe_visit_plan,
            },
        ]

    def _describe_visit_plan(self, visit):
        kind = self._get_choice(visit, "service_kind")
        state = self._get_choice(visit, "state")
        return {
            "title": self.env._("Appointment: %(visit)s", visit=f"{kind} · {state}"),
            "text": visit.request or visit.cancel_reason or "",
            "user": visit.advisor_id.name or "",
        }
