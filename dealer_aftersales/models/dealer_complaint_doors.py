# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter

from .dealer_complaint import OPEN_STATES


class DealerComplaint(models.Model):
    """How other records open and list complaints."""

    _inherit = "dealer.complaint"

    @api.model
    def _get_entry_action(self, values):
        """The form of a new complaint, filled with what is known.

        :param values: values by field
        :raises AccessError: no right to enter complaints
        """
        self.check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Complaint"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    @api.model
    def _get_list_action(self, domain, values=None):
        """Complaints of another record, open and closed ones."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_complaint_action_all"
        )
        action["domain"] = domain
        action["context"] = {f"default_{k}": v for k, v in (values or {}).items()}
        return action


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    complaint_count = fields.Integer(
        compute="_compute_complaint_count", groups="dealer_crm.group_dealer_user"
    )

    def _compute_complaint_count(self):
        fill_counter(self, "complaint_count", "dealer.complaint", "vehicle_id")

    def action_view_complaints(self):
        """The complaints about this car."""
        self.ensure_one()
        values = {"vehicle_id": self.id, "partner_id": self.owner_id.id}
        return self.env["dealer.complaint"]._get_list_action(
            [("vehicle_id", "=", self.id)], values
        )


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_open_complaint(self):
        """A complaint that came up while selling."""
        self.ensure_one()
        return self.env["dealer.complaint"]._get_entry_action(
            {"partner_id": self.partner_id.id, "lead_id": self.id, "kind": "sales"}
        )


class DealerReception(models.AbstractModel):
    """One click from the desk to the complaint of whoever stands there."""

    _inherit = "dealer.reception"

    @api.model
    def _get_open_items(self, partners, vehicles):
        """A hit tells at once that somebody is angry."""
        items = super()._get_open_items(partners, vehicles)
        for key, complaints in partners._get_open_complaints().items():
            items[key] += [
                self.env._("complaint: %(number)s", number=complaint.name)
                for complaint in complaints
            ]
        return items

    @api.model
    def _get_desk_actions(self, partner, vehicle, lead):
        actions = super()._get_desk_actions(partner, vehicle, lead)
        complaints = self.env["dealer.complaint"]
        if not complaints.has_access("create") or not (partner or vehicle):
            return actions
        values = {
            "partner_id": (partner or vehicle.owner_id[:1]).id,
            "vehicle_id": vehicle.id if len(vehicle) == 1 else False,
            "channel": "visit",
        }
        action = complaints._get_entry_action(values)
        label = self.env._("Complaint")
        return [*actions, self._button("complaint", label, "fa-frown-o", action)]


class DealerHandover(models.Model):
    """Open complaints of somebody who leaves get a new person in charge."""

    _inherit = "dealer.handover"

    @api.model
    def _get_handover_sources(self):
        return [
            *super()._get_handover_sources(),
            {
                "key": "complaints",
                "label": self.env._("Open complaints"),
                "model": "dealer.complaint",
                "field": "user_id",
                "domain": [("state", "in", OPEN_STATES)],
                "partner": "partner_id",
            },
        ]

    @api.model
    def _get_activity_types_moved_along(self):
        """The to-do of the first answer follows its complaint."""
        types = super()._get_activity_types_moved_along()
        own = self.env.ref("dealer_aftersales.mail_activity_type_complaint", False)
        return types | own if own else types


class DealerTimelineMixin(models.AbstractModel):
    _inherit = "dealer.timeline.mixin"

    def _get_timeline_sources(self):
        return [
            *super()._get_timeline_sources(),
            {
                "kind": "complaint",
                "label": self.env._("Complaints"),
                "icon": "fa-frown-o",
                "model": "dealer.complaint",
                "date": "date_received",
                "partner": "partner_id",
                "vehicle": "vehicle_id",
                "describe": self._describe_complaint,
            },
        ]

    def _describe_complaint(self, complaint):
        kind = self._get_choice(complaint, "kind")
        state = self._get_choice(complaint, "state")
        return {
            "title": f"{complaint.name} · {kind} · {state}",
            "text": complaint.summary or "",
            "user": complaint.user_id.name or "",
        }
