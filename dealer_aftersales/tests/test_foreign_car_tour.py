# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import AftersalesCase

VIN = "LSVAA49JXR2000008"


@tagged("post_install", "-at_install")
class TestForeignCarTour(AftersalesCase, HttpCase):
    """A car not sold here: first visit, traded in for the next one, sold on."""

    def play(self, tour, user):
        self.start_tour("/odoo/dealer-reception", tour, login=user.login, timeout=120)

    def test_from_the_first_visit_to_the_next_owner(self):
        buyer = self.make_customer("Zhou Newowner")

        self.play("dealer_foreign_car_arrives", self.advisor)
        car = self.env["fleet.vehicle"].search([("vin_sn", "=", VIN)])
        owner = car.owner_id
        self.assertRecordValues(
            car, [{"origin": "other_dealer", "trade_state": "customer"}]
        )
        self.assertEqual(owner.name, "Sun Foreign")
        repair = car.repair_ids
        self.assertEqual(repair.partner_id, owner)
        owner.user_id = self.consultant

        self.play("dealer_foreign_car_traded_in", self.consultant)
        lead = self.env["crm.lead"].search([("partner_id", "=", owner.id)])
        self.assertRecordValues(
            lead,
            [{"purchase_type": "replace", "has_trade_in": True}],
        )
        self.assertEqual(lead.trade_in_ids.vehicle_id, car)
        self.assertEqual(lead.trade_in_ids.latest_offer, 45000)
        self.assertRecordValues(
            car,
            [{"owner_id": False, "origin": "trade_in", "trade_state": "in_stock"}],
        )

        self.play("dealer_foreign_car_resold", self.manager)
        self.assertRecordValues(
            car, [{"owner_id": buyer.id, "trade_state": "customer"}]
        )
        former = car.party_ids.filtered(lambda p: p.partner_id == owner)
        self.assertEqual(set(former.mapped("is_current")), {False})
        people = car.with_user(self.advisor)._get_desk_people()
        self.assertEqual([line["id"] for line in people], buyer.ids)
        fresh = self.env["repair.order"].with_user(self.advisor)
        fresh = fresh.create({"vehicle_id": car.id})
        self.assertEqual(fresh.partner_id, buyer)
        self.assertNotIn(owner, fresh.bringer_id)
