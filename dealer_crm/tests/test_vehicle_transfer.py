# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleTransfer(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller, cls.buyer = cls.make_customer("A"), cls.make_customer("B")
        cls.car = cls.make_car(
            owner_id=cls.seller.id,
            purchase_date="2022-05-01",
            purchase_price=150000,
            origin="own_sale",
        )

    def open_wizard(self, partner=None, day="2026-03-01", user=None, **values):
        car = self.car.with_user(user or self.consultant)
        action = car.action_open_transfer()
        wizard = self.env[action["res_model"]].with_user(user or self.consultant)
        return wizard.with_context(**action["context"]).create(
            {"partner_id": (partner or self.buyer).id, "date": day, **values}
        )

    def test_transfer_closes_one_line_and_opens_the_next_on_the_day(self):
        self.open_wizard(price=60000, source="private").action_transfer()
        self.assert_owner_lines(
            self.car,
            [
                (self.seller, "2022-05-01", "2026-03-01"),
                (self.buyer, "2026-03-01", False),
            ],
        )
        self.assertRecordValues(
            self.car.party_ids.sorted("id"),
            [
                {"source": "own_sale", "price": 150000},
                {"source": "private", "price": 60000},
            ],
        )
        self.assertEqual(self.car.owner_id, self.buyer)
        self.assertEqual(str(self.car.purchase_date), "2026-03-01")

    def test_transfers_that_cannot_be_are_refused(self):
        for partner, day, text in (
            (self.seller, "2026-03-01", "owns the car already"),
            (self.buyer, "2022-04-30", "since 05/01/2022 only"),
            (self.buyer, "2026-03-11", "in the future"),
        ):
            with self.assert_refused(UserError, text):
                self.open_wizard(partner, day).action_transfer()
        self.assertEqual(self.car.owner_id, self.seller)

    def test_second_of_two_dialogs_is_told(self):
        first, second = self.open_wizard(), self.open_wizard(self.make_customer("C"))
        first.action_transfer()
        with self.assert_refused(UserError, "changed in the meantime"):
            second.action_transfer()
        self.assertEqual(self.car.owner_id, self.buyer)

    def test_two_at_the_same_moment_do_not_both_win(self):
        cars = self.env.registry["fleet.vehicle"]
        with patch.object(cars, "lock_for_update", side_effect=LockError("held")):
            with self.assert_refused(UserError, "by somebody else"):
                self.open_wizard().action_transfer()

    def test_history_typed_in_touches_the_car(self):
        """Of two overlapping histories at once PostgreSQL repeats the second."""
        self.env.flush_all()
        version = "SELECT xmin::text, ctid::text FROM fleet_vehicle WHERE id = %s"
        self.env.cr.execute(version, [self.car.id])
        before = self.env.cr.fetchone()
        self.env["dealer.vehicle.party"].create(
            {
                "vehicle_id": self.car.id,
                "partner_id": self.buyer.id,
                "date_from": "2020-01-01",
                "date_to": "2022-05-01",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(version, [self.car.id])
        self.assertNotEqual(self.env.cr.fetchone(), before)

    def test_manager_takes_the_last_transfer_back(self):
        self.open_wizard(price=60000).action_transfer()
        with self.assertRaises(AccessError):
            self.car.with_user(self.consultant).action_undo_transfer()
        self.car.with_user(self.manager).action_undo_transfer()
        self.assert_owner_lines(self.car, [(self.seller, "2022-05-01", False)])
        self.assertRecordValues(
            self.car, [{"owner_id": self.seller.id, "purchase_price": 150000}]
        )
        self.assertEqual(str(self.car.purchase_date), "2022-05-01")
        with self.assert_refused(UserError, "no change of owner"):
            self.car.with_user(self.manager).action_undo_transfer()

    def test_the_former_owners_driver_goes_with_him(self):
        driver = self.env["dealer.vehicle.party"].create(
            {
                "vehicle_id": self.car.id,
                "partner_id": self.make_customer("D").id,
                "role": "driver",
                "date_from": "2023-01-01",
            }
        )
        self.open_wizard().action_transfer()
        self.assertEqual(str(driver.date_to), "2026-03-01")
        self.car.with_user(self.manager).action_undo_transfer()
        self.assertFalse(driver.date_to)

    def test_customer_card_shows_former_and_present_cars(self):
        second = self.make_car(owner_id=self.seller.id, purchase_date=TODAY)
        self.open_wizard().action_transfer()
        lines = self.env["dealer.vehicle.party"].search(
            [("partner_id", "=", self.seller.id)]
        )
        self.assertEqual(
            {(line.vehicle_id, str(line.date_to or "")) for line in lines},
            {(self.car, "2026-03-01"), (second, "")},
        )
