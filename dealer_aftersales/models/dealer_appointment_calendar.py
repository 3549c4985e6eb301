# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: A change of one of these moves the event in the advisor's calendar.
SHOWN = frozenset(
    {"advisor_id", "date_start", "date_stop", "service_kind", "state", "vehicle_id"}
)
# No invitations, no contact data in the text: customers are no guests of the event.
QUIET = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "skip_contact_description": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
}


class DealerAppointment(models.Model):
    """The visit in the calendar of its advisor: plate and kind, nothing personal."""

    _inherit = "dealer.appointment"

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._sync_events()
        return visits

    def write(self, vals):
        result = super().write(vals)
        if SHOWN & vals.keys():
            self._sync_events()
        return result

    def unlink(self):
        self.sudo().calendar_event_id.with_context(**QUIET).unlink()
        return super().unlink()

    def _sync_events(self):
        """One event per booked visit with an advisor; those of others go."""
        visits = self.sudo().with_context(**QUIET)
        planned = visits.filtered(
            lambda v: v.state in ("booked", "arrived") and v.advisor_id
        )
        (visits - planned).calendar_event_id.unlink()
        for visit in planned.filtered("calendar_event_id"):
            event, values = visit.calendar_event_id, visit._prepare_event_values()
            now = event._convert_to_write({name: event[name] for name in values})
            now["partner_ids"] = [fields.Command.set(event.partner_ids.ids)]
            changed = {n: value for n, value in values.items() if now[n] != value}
            if changed:
                event.write(changed)
        new = planned.filtered(lambda v: not v.calendar_event_id)
        events = self.env["calendar.event"].sudo().with_context(**QUIET)
        made = events.create([visit._prepare_event_values() for visit in new])
        for visit, event in zip(new, made, strict=True):
            visit.calendar_event_id = event

    def _prepare_event_values(self):
        self.ensure_one()
        car = self.vehicle_id
        kind = self.partner_id._get_choice(self, "service_kind")
        return {
            "name": f"{car.license_plate or car.vin_sn or car.name} · {kind}",
            "start": self.date_start,
            "stop": self.date_stop,
            "user_id": self.advisor_id.id,
            "partner_ids": [fields.Command.set(self.advisor_id.partner_id.ids)],
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
        }


class CalendarEvent(models.Model):
    """Who moves the event in the calendar moves the visit, under the same checks."""

    _inherit = "calendar.event"

    dealer_appointment_ids = fields.One2many(
        "dealer.appointment", "calendar_event_id", "Service Appointments"
    )

    @api.model
    def _get_activity_excluded_models(self):
        """The visit has its own reminders: no to-do for its event."""
        return super()._get_activity_excluded_models() + ["dealer.appointment"]

    def write(self, vals):
        result = super().write(vals)
        if {"start", "stop", "duration"} & vals.keys() and not self.env.su:
            for event in self.filtered("dealer_appointment_ids"):
                event._move_appointments()
        return result

    def _move_appointments(self):
        for visit in self.dealer_appointment_ids:
            times = {"date_start": self.start, "date_stop": self.stop}
            if any(visit[name] != moment for name, moment in times.items()):
                visit.write(times)
