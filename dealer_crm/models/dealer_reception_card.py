# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.phone import classify_phone
from ..tools.plate import classify_plate
from ..tools.search_text import VIN_LENGTH, read_search_text

CARS_SHOWN = 8
CONTACTS_SHOWN = 3
CONTACT_KINDS = ["visit", "call", "message"]


class DealerReception(models.AbstractModel):
    """The desk card: who stands there, with which car, and what is to be done."""

    _inherit = "dealer.reception"

    @api.model
    @api.readonly
    def get_desk_card(self, partner_id=False, vehicle_id=False, lead_id=False):
        """All that the desk needs of one hit, under the rights of the user.

        With several cars and none chosen the desk asks first: no button then opens
        an order for the wrong one.

        :return: dict of ``who``, ``marks``, ``cars``, ``people``, ``now``,
            ``contacts`` (the last three) and ``actions`` (with the action to do)
        :raises AccessError: records that are not for this user
        """
        self._check_staff()
        partner, vehicle, lead = self._browse_hit(partner_id, vehicle_id, lead_id)
        cars = vehicle or self._get_present_cars(partner).get(partner.id, vehicle)
        if len(cars) == 1:
            vehicle = cars
        source = partner or lead or vehicle
        if not source:
            raise AccessError(self.env._("There is nothing to show here for you."))
        page = source.get_dealer_timeline(CONTACT_KINDS, limit=CONTACTS_SHOWN)
        return {
            "who": partner._get_desk_who() if partner else self._get_other_who(source),
            "marks": partner._get_desk_marks() if partner else [],
            "cars": cars[:CARS_SHOWN]._get_desk_cars(),
            "people": vehicle._get_desk_people(),
            "now": partner._get_desk_now(vehicle),
            "contacts": page["events"],
            "actions": self._get_desk_actions(partner, vehicle, lead),
        }

    @api.model
    def _browse_hit(self, partner_id, vehicle_id, lead_id):
        records = (
            self.env["res.partner"].browse(partner_id or []),
            self.env["fleet.vehicle"].browse(vehicle_id or []),
            self.env["crm.lead"].browse(lead_id or []),
        )
        for record in records:
            if record:
                record.check_access("read")
        partner, vehicle, lead = records
        return self._get_findable(partner), vehicle, lead

    @api.model
    def _get_other_who(self, record):
        """A lead that is no customer yet, or a car without owner."""
        is_lead = record._name == "crm.lead"
        name = record.display_name
        if is_lead:
            name = record.contact_name or record.partner_name or name
        return {
            "id": False,
            "name": name,
            "phone": (is_lead and record.phone) or "",
            "number": "",
            "is_file": False,
            "state": self.env._("Lead") if is_lead else "",
            "completeness": None,
            "missing": "",
            "tags": [],
            "wishes": [],
        }

    @api.model
    def _get_desk_actions(self, partner, vehicle, lead):
        """The buttons of the desk card; other addons add theirs.

        :return: list of dicts: key, label, icon, primary and the action to do
        """
        actions = []
        if partner or lead:
            visit = self._get_log_action(partner, vehicle, lead, "visit")
            call = self._get_log_action(partner, vehicle, lead, "phone")
            actions += [
                self._button(
                    "visit", self.env._("Register Visit"), "fa-street-view", visit
                ),
                self._button("call", self.env._("Log Call"), "fa-phone", call),
            ]
        for key, label, icon, record in (
            ("file", self.env._("Open File"), "fa-id-card-o", partner),
            ("car", self.env._("Open Vehicle Card"), "fa-car", vehicle),
            ("lead", self.env._("Open Lead"), "fa-star-o", lead),
        ):
            if record:
                actions.append(self._button(key, label, icon, self._open(record)))
        return actions

    @api.model
    def _button(self, key, label, icon, action, primary=False):
        return {
            "key": key,
            "label": label,
            "icon": icon,
            "action": action,
            "primary": primary or key == "visit",
        }

    @api.model
    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(record.get_formview_id(), "form")],
        }

    @api.model
    def _get_log_action(self, partner, vehicle, lead, channel):
        """The one dialog to log a contact, filled as far as the desk knows."""
        if not lead and partner:
            lead = self._get_open_leads(partner, [])[:1]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_contact_action_log"
        )
        action["context"] = {
            "default_partner_id": partner.id,
            "default_lead_id": lead.id,
            "default_vehicle_id": vehicle.id,
            "default_channel": channel,
            "default_direction": "in" if channel == "visit" else "out",
            "default_purpose": "inquiry" if channel == "visit" else "follow_up",
            # a visitor was met; the outcome of a call is said by a person
            "default_outcome": "reached" if channel == "visit" else False,
        }
        return action

    @api.model
    @api.readonly
    def get_answer(self, text, limit=8):
        """The hits, and what can be made new out of the text.

        :return: dict of ``hits`` (:meth:`search_hits`) and ``new`` (buttons)
        """
        return {
            "hits": self.search_hits(text, limit),
            "new": self._get_new_actions(text) if text and text.strip() else [],
        }

    @api.model
    def _get_new_actions(self, text):
        """Buttons for somebody unknown, with what was typed filled in."""
        person, car = self._read_new_values(text)
        actions = []
        if self.env["res.partner"].has_access("create"):
            actions.append(self._new_customer_button(person))
        if self.env["fleet.vehicle"].has_access("create"):
            actions.append(self._new_car_button(car, person))
        if self.env["crm.lead"].has_access("create"):
            actions.append(self._new_lead_button(person))
        return actions

    @api.model
    def _read_new_values(self, text):
        """Default values of a person and a car out of the typed text."""
        typed = read_search_text(text)
        person, car = {}, {}
        if classify_phone(text) != "invalid":
            person["phone"] = typed.phone
        elif typed.name and not typed.plate_head:
            person["name"] = " ".join(text.split())
        if len(typed.vin) == VIN_LENGTH:
            car["vin_sn"] = typed.vin
        elif classify_plate(text):
            car["license_plate"] = typed.plate_head
        return person, car

    @api.model
    def _new_customer_button(self, person):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.res_partner_action_dealer"
        )
        context = {f"default_{name}": value for name, value in person.items()}
        action |= {
            "views": [(self.env.ref("base.view_partner_form").id, "form")],
            "context": {"dealer_customer_file": True, **context},
        }
        return self._button(
            "customer", self.env._("New Customer"), "fa-user-plus", action
        )

    @api.model
    def _new_car_button(self, car, person):
        """A new card; the person typed is put in when the owner is made there."""
        action = {
            "type": "ir.actions.act_window",
            "res_model": "fleet.vehicle",
            "views": [(self.env.ref("dealer_crm.fleet_vehicle_view_form").id, "form")],
            "context": {
                "default_trade_state": "customer",
                "new_owner_phone": person.get("phone"),
                **{f"default_{name}": value for name, value in car.items()},
            },
        }
        label = self.env._("New Customer and Car")
        return self._button("customer_car", label, "fa-car", action)

    @api.model
    def _new_lead_button(self, person):
        names = {"name": "contact_name"}
        action = {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "views": [(False, "form")],
            "context": {
                "default_type": "opportunity",
                **{f"default_{names.get(k, k)}": v for k, v in person.items()},
            },
        }
        return self._button("lead", self.env._("New Lead"), "fa-star-o", action)
