# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestWorkshopTour(AftersalesCase, HttpCase):
    """From the reception to an open order, and the board, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.make_customer("Ouyang Order")
        cls.desk_car = cls.make_car(
            vin_sn="LE4ZG4CB4NL000008",
            license_plate="粤B1C2D3",
            owner_id=cls.person.id,
        )

    def test_two_clicks_from_the_desk_to_an_open_order(self):
        self.start_tour(
            "/odoo/dealer-reception", "dealer_reception_to_order", login="test_advisor"
        )
        self.assertRecordValues(
            self.desk_car.repair_ids,
            [
                {
                    "partner_id": self.person.id,
                    "advisor_id": self.advisor.id,
                    "odometer_in": 12000,
                    "service_state": "received",
                }
            ],
        )
        self.assertTrue(self.desk_car.repair_ids.date_in)

    def test_board_takes_a_car_in_and_refuses_an_impossible_way(self):
        repair = self.make_repair(
            vehicle_id=self.desk_car.id,
            partner_id=self.person.id,
            service_state="appointment",
            date_promised=fields.Datetime.subtract(fields.Datetime.now(), hours=2),
        )
        self.start_tour(
            "/odoo/workshop-board", "dealer_workshop_board", login="test_advisor"
        )
        self.assertEqual(repair.service_state, "received")
        self.assertEqual(len(repair.log_ids), 1)
