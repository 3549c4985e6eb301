# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common_visit import VisitCase


@tagged("post_install", "-at_install")
class TestAppointmentTour(VisitCase, HttpCase):
    """From the reception box to the booked visit and its order, in a browser."""

    def test_booked_at_the_desk_and_received(self):
        person = self.make_customer("Ouyang Desk")
        car = self.make_car(
            vin_sn="LE4ZG4CB4NL000008", license_plate="粤B1C2D3", owner_id=person.id
        )
        self.start_tour(
            "/odoo/dealer-reception", "dealer_appointment", login="test_advisor"
        )
        visit = self.env["dealer.appointment"].search([("vehicle_id", "=", car.id)])
        self.assertEqual(visit.state, "arrived")
        self.assertEqual(visit.source, "desk")
        self.assertEqual(visit.repair_id.service_state, "received")
        self.assertEqual(visit.repair_id.partner_id, person)
