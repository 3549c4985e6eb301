# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request


class VehiclePortal(CustomerPortal):
    """My Vehicles: the customer's own cars, their visits and what is due.

    Portal users have no right on our models. Every page asks the logged-in person
    for his records and shows named values of them; what is not his does not exist.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        partner = request.env.user.partner_id
        if "vehicle_count" in counters:
            values["vehicle_count"] = len(partner._get_portal_vehicles())
        return values

    @http.route("/my/vehicles", type="http", auth="user", website=True, readonly=True)
    def portal_my_vehicles(self, **kwargs):
        partner = request.env.user.partner_id
        vehicles = partner._get_portal_vehicles()
        repairs = request.env["repair.order"].sudo()
        others = repairs.search(
            partner._get_portal_repair_domain()
            & Domain("vehicle_id", "not in", vehicles.ids),
            order="date_in desc, id desc",
            limit=self._items_per_page,
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="vehicles",
            vehicles=[vehicle._get_portal_values() for vehicle in vehicles],
            other_repairs=[repair._get_portal_values(partner) for repair in others],
        )
        return request.render("dealer_aftersales.portal_my_vehicles", values)

    @http.route("/my/vehicles/<int:vehicle_id>", type="http", auth="user", website=True)
    def portal_my_vehicle(self, vehicle_id, **kwargs):
        vehicle = self._get_own_vehicle(vehicle_id)
        return self._render_vehicle(vehicle)

    @http.route(
        "/my/vehicles/<int:vehicle_id>/odometer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_my_odometer(self, vehicle_id, odometer="", **kwargs):
        vehicle = self._get_own_vehicle(vehicle_id)
        try:
            counts = vehicle._report_portal_odometer(self._read_number(odometer))
        except UserError as error:
            return self._render_vehicle(vehicle, error=str(error))
        notice = "odometer" if counts else "odometer_check"
        return request.redirect(f"/my/vehicles/{vehicle.id}?notice={notice}")

    @http.route(
        "/my/visits/<int:repair_id>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_visit(self, repair_id, **kwargs):
        partner = request.env.user.partner_id
        repair = self._get_own_repair(repair_id)
        values = self._prepare_portal_layout_values()
        car = partner._get_portal_vehicles(repair.vehicle_id.id)
        values.update(
            page_name="visit",
            visit=repair._get_portal_values(partner),
            vehicle=car._get_portal_values() if car else None,
            estimates=repair._get_portal_estimates(partner),
            papers=repair._get_portal_papers(partner),
        )
        return request.render("dealer_aftersales.portal_my_visit", values)

    def _get_own_vehicle(self, vehicle_id):
        """:raises NotFound: for a car that is not his, as for one that is not"""
        vehicle = request.env.user.partner_id._get_portal_vehicles(vehicle_id)
        if not vehicle:
            raise request.not_found()
        return vehicle

    def _get_own_repair(self, repair_id):
        """:raises NotFound: for a visit he may not see"""
        partner = request.env.user.partner_id
        repair = request.env["repair.order"].sudo().browse(repair_id).exists()
        if not repair or repair not in repair.vehicle_id._get_portal_repairs(partner):
            raise request.not_found()
        return repair

    def _render_vehicle(self, vehicle, error=None):
        partner = request.env.user.partner_id
        values = self._prepare_portal_layout_values()
        repairs = vehicle._get_portal_repairs(partner)[: self._items_per_page]
        visits = request.env["dealer.appointment"].sudo()
        visits = visits.search(
            partner._get_portal_appointment_domain()
            & visits._get_portal_open_domain(vehicle),
            order="date_start, id",
        )
        values.update(
            page_name="vehicle",
            vehicle=vehicle._get_portal_values(),
            dues=vehicle._get_due_rows(),
            recalls=vehicle._get_portal_recalls(),
            repairs=[repair._get_portal_values(partner) for repair in repairs],
            appointments=[visit._get_portal_values() for visit in visits],
            error=error,
            notice=request.httprequest.args.get("notice"),
        )
        return request.render("dealer_aftersales.portal_my_vehicle", values)

    def _read_number(self, text):
        """The kilometres as typed: digits, perhaps grouped; 0 for no number."""
        digits = "".join(c for c in text if c not in " ,.，\u00a0")
        return int(digits) if digits.isdecimal() and len(digits) < 10 else 0
