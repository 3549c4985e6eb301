# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_datetime

from ..models.dealer_repair_estimate_portal import read_typed
from .portal import VehiclePortal

#: So many days ahead a customer books.
DAYS = 60
#: Warranty and comeback are judged by the workshop.
KINDS = ("maintenance", "general", "accident")
#: More is no wish any more.
REQUEST_MAX = 2000


class BookingPortal(VehiclePortal):
    """Book a service: branch and day, a free time, the wish in own words."""

    @http.route(
        "/my/vehicles/<int:vehicle_id>/book",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_my_booking(self, vehicle_id, **params):
        vehicle = self._get_own_vehicle(vehicle_id)
        return self._render_booking(vehicle, self._read_booking(vehicle, params))

    @http.route(
        "/my/vehicles/<int:vehicle_id>/book",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_my_booking_submit(self, vehicle_id, **params):
        vehicle = self._get_own_vehicle(vehicle_id)
        booking = self._read_booking(vehicle, params)
        try:
            with request.env.cr.savepoint():
                visit = self._book(vehicle, booking)
        except UserError as error:
            return self._render_booking(vehicle, booking, str(error))
        return request.redirect(f"/my/vehicles/{vehicle.id}?notice={visit.state}")

    @http.route(
        "/my/appointments/<int:appointment_id>/cancel",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_my_appointment_cancel(self, appointment_id, **kwargs):
        visits = request.env["dealer.appointment"].sudo()
        partner = request.env.user.partner_id
        visit = visits.search(
            partner._get_portal_appointment_domain() & Domain("id", "=", appointment_id)
        )
        if not visit:
            raise request.not_found()
        if visit._get_portal_values()["can_cancel"]:
            visit._cancel(request.env._("Cancelled by the customer on the portal"))
        own = partner._get_portal_vehicles(visit.vehicle_id.id)
        page = f"/{own.id}?notice=cancelled" if own else ""
        return request.redirect(f"/my/vehicles{page}")

    def _read_booking(self, vehicle, params):
        """What was chosen, as far as it makes sense; the rest is proposed."""
        partner = request.env.user.partner_id
        branches = vehicle._get_portal_branches(partner)
        company = branches.filtered(lambda c: str(c.id) == params.get("branch"))
        company = company or branches[:1]
        today = company._get_dealer_today()
        kind = params.get("kind")
        wish = params.get("contact_wish")
        return {
            "branches": branches,
            "company": company,
            "today": today,
            "last": today + timedelta(days=DAYS),
            "day": self._read_day(params.get("day"), today),
            "kind": kind if kind in KINDS else KINDS[0],
            "slot": params.get("slot") or "",
            "request": read_typed(params.get("request")),
            "contact_wish": wish if wish in self._get_wishes() else "phone",
        }

    def _read_day(self, text, today):
        """The day asked for, if one can book on it; else tomorrow."""
        try:
            day = fields.Date.to_date(text)
        except ValueError:
            day = None
        if day and today <= day <= today + timedelta(days=DAYS):
            return day
        return today + timedelta(days=1)

    def _get_wishes(self):
        visits = request.env["dealer.appointment"].sudo()
        return dict(visits._fields["contact_wish"]._description_selection(request.env))

    def _get_slots(self, booking):
        """The free times of the day: list of dicts value, label."""
        visits = request.env["dealer.appointment"].sudo()
        company = booking["company"]
        found = visits._get_free_slots(company, booking["day"], booking["kind"])
        tz = company._get_dealer_tz()
        return [
            {
                "value": fields.Datetime.to_string(start),
                "label": format_datetime(request.env, start, tz=tz, dt_format="HH:mm"),
            }
            for start, _stop, free in found
            if free > 0
        ]

    def _book(self, vehicle, booking):
        """Make the request.

        :raises UserError: naming what is missing, or why the time is not free
        """
        partner = request.env.user.partner_id
        company = booking["company"]
        self._check_booking(booking)
        partner._check_portal_requests(company)
        visits = request.env["dealer.appointment"].sudo().with_company(company)
        return visits.create(
            {
                "vehicle_id": vehicle.id,
                "partner_id": partner.id,
                "company_id": company.id,
                "service_kind": booking["kind"],
                "request": booking["request"],
                "contact_wish": booking["contact_wish"],
                "date_start": booking["slot"] or False,
                "source": "portal",
            }
        )

    def _check_booking(self, booking):
        slots = [slot["value"] for slot in self._get_slots(booking)]
        if booking["slot"] and booking["slot"] not in slots:
            raise UserError(
                request.env._("This time is not free any more. Please choose another.")
            )
        if not (booking["slot"] or booking["request"]):
            raise UserError(
                request.env._("Please choose a time, or tell us when you can come.")
            )
        if len(booking["request"]) > REQUEST_MAX:
            raise UserError(
                request.env._(
                    "Your wish is longer than %(count)s characters. Please shorten it.",
                    count=REQUEST_MAX,
                )
            )

    def _render_booking(self, vehicle, booking, error=None):
        visits = request.env["dealer.appointment"].sudo()
        kinds = dict(visits._fields["service_kind"]._description_selection(request.env))
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="book",
            vehicle=vehicle._get_portal_values(),
            booking=booking,
            kinds=[(kind, kinds[kind]) for kind in KINDS],
            wishes=self._get_wishes().items(),
            slots=self._get_slots(booking),
            request_max=REQUEST_MAX,
            error=error,
        )
        return request.render("dealer_aftersales.portal_my_booking", values)
