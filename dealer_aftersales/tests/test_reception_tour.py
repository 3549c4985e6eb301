# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestReceptionTour(AftersalesCase, HttpCase):
    """The desk and the overview in a browser, as a consultant uses them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.make_customer("Ouyang Desk")
        cls.desk_car = cls.make_car(
            vin_sn="LE4ZG4CB4NL000008",
            license_plate="粤B1C2D3",
            owner_id=cls.person.id,
            purchase_date="2025-06-01",
        )

    def test_walk_in_is_found_by_vin_and_registered(self):
        self.start_tour(
            "/odoo/dealer-reception", "dealer_reception", login="test_consultant"
        )
        contact = self.person.contact_ids
        self.assertRecordValues(
            contact,
            [
                {
                    "channel": "visit",
                    "direction": "in",
                    "outcome": "reached",
                    "content": "Asks for winter tyres",
                    "vehicle_id": self.desk_car.id,
                    "user_id": self.consultant.id,
                }
            ],
        )

    def test_overview_and_timeline_of_a_customer(self):
        self.env["dealer.contact"].create(
            {
                "partner_id": self.person.id,
                "channel": "visit",
                "user_id": self.consultant.id,
            }
        )
        self.start_tour(
            "/odoo/dealer-customers", "dealer_overview", login="test_consultant"
        )
