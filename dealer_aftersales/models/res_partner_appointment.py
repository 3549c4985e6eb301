# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_datetime

LINES_SHOWN = 5


class ResPartner(models.Model):
    """Visits of a person to the workshop: at the desk, in the data copy, forgotten."""

    _inherit = "res.partner"

    def _get_open_visits(self, vehicle=None):
        visits = self.env["dealer.appointment"]
        if not visits.has_access("read"):
            return visits
        return visits.search(
            [
                "|",
                ("partner_id", "in", self.ids),
                ("vehicle_id", "in", vehicle.ids if vehicle else []),
                ("state", "in", ("requested", "booked")),
            ],
            order="date_start, id",
            limit=LINES_SHOWN,
        )

    def _get_desk_now(self, vehicle=None):
        """The visit of today first: the person stands here because of it."""
        lines = super()._get_desk_now(vehicle)
        today = self.env.company._get_dealer_today()
        for visit in self._get_open_visits(vehicle):
            if visit.state == "requested":
                text = self.env._("Asked for a visit: no answer yet")
                lines.append(self._line("warning", "fa-calendar-o", text, visit))
            elif visit.company_id._get_dealer_day(visit.date_start) <= today:
                text = self.env._("Appointment: %(visit)s", visit=visit._format_visit())
                lines.append(self._line("success", "fa-calendar-check-o", text, visit))
        return lines

    def _get_desk_next(self):
        today = self.env.company._get_dealer_today()
        lines = super()._get_desk_next()
        for visit in self._get_open_visits().filtered("date_start"):
            day = visit.company_id._get_dealer_day(visit.date_start)
            if visit.state == "booked" and day > today:
                text = visit._format_visit()
                lines.append(self._plan(day, text, visit.advisor_id, visit))
        return lines

    def _get_desk_marks(self):
        """What only good customers get: worth offering as soon as they are here."""
        marks = super()._get_desk_marks()
        options = self.env["dealer.service.option"]
        if not self.customer_class or not options.has_access("read"):
            return marks
        offered = options._get_offered(self, self.env.company).filtered("min_class")
        if offered:
            names = ", ".join(offered.mapped("name"))
            text = self.env._("Offer: %(options)s", options=names)
            marks.append(self._mark("success", text))
        return marks

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.appointment",
                "domain": [("partner_id", "=", self.id)],
                "fields": [
                    "vehicle_id",
                    "date_requested",
                    "date_start",
                    "state",
                    "request",
                    "pickup_address",
                    "cancel_reason",
                ],
            },
        ]

    def _empty_ledger(self):
        """That there was a visit stays; words and address go, open ones are off."""
        result = super()._empty_ledger()
        visits = self.env["dealer.appointment"].sudo()
        visits = visits.search([("partner_id", "=", self.id)])
        is_open = visits.filtered(lambda v: v.state in ("requested", "booked"))
        is_open._cancel("–")
        visits.write({"option_ids": [(5,)]})
        visits.write(
            {
                "request": False,
                "pickup_address": False,
                "cancel_reason": False,
            }
        )
        self._delete_history_of(visits)
        return result


class DealerAppointment(models.Model):
    _inherit = "dealer.appointment"

    def _format_visit(self):
        """Time, kind and car in one line, by the clock of the branch."""
        self.ensure_one()
        moment = format_datetime(
            self.env,
            self.date_start,
            tz=self.company_id._get_dealer_tz(),
            dt_format="short",
        )
        kind = self.env["res.partner"]._get_choice(self, "service_kind")
        return " · ".join(filter(None, [moment, kind, self.license_plate]))
