# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleLot(DealerCrmCase):
    """Cars kept in Inventory: the serial number is the VIN."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Lavida", "is_storable": True, "tracking": "serial"}
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.branch.id)], limit=1
        )
        cls.keeper = cls.make_user("keeper", "stock.group_stock_user")

    def receive(self, vins, user=None):
        """Receive cars the way a stock keeper does."""
        way = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.warehouse.lot_stock_id.id,
        }
        move = {"product_id": self.product.id, "product_uom_qty": len(vins), **way}
        picking = (
            self.env["stock.picking"]
            .with_user(user or self.keeper)
            .create(
                {
                    "picking_type_id": self.warehouse.in_type_id.id,
                    "move_ids": [Command.create(move)],
                    **way,
                }
            )
        )
        picking.action_confirm()
        picking.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "lot_name": vin,
                    "quantity": 1,
                    **way,
                }
            )
            for vin in vins
        ]
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(picking.state, "done")

    def test_receipt_finds_the_ordered_car(self):
        car = self.make_car(trade_state="ordered")
        self.receive([car.vin_sn])
        self.assertRecordValues(
            car,
            [
                {
                    "trade_state": "in_stock",
                    "stock_location_id": self.warehouse.lot_stock_id.id,
                }
            ],
        )
        self.assertEqual(str(car.arrival_date), TODAY)
        self.assertEqual(car.lot_id.name, car.vin_sn)

    def test_card_entered_later_finds_its_number(self):
        vin = self.next_vin()
        self.receive([vin])
        car = self.make_car(vin_sn=vin.lower(), trade_state="ordered")
        self.assertEqual(car.lot_id.name, vin)
        self.assertEqual(car.trade_state, "in_stock")
        self.assertEqual(car.stock_location_id, self.warehouse.lot_stock_id)

    def test_customers_car_is_left_alone(self):
        customer = self.make_customer()
        car = self.make_car(owner_id=customer.id)
        self.receive([car.vin_sn])
        self.assertFalse(car.lot_id)
        self.assertFalse(car.arrival_date)

    def test_stock_keeper_needs_no_vehicle_rights(self):
        with self.assertRaises(AccessError):
            self.env["fleet.vehicle"].with_user(self.keeper).search([])
        car = self.make_car(trade_state="in_transit")
        self.receive([car.vin_sn], self.keeper)
        self.assertEqual(car.trade_state, "in_stock")

    def test_many_cars_cost_no_more_questions(self):
        counts = []
        for number in (2, 2, 12):
            cars = self.env["fleet.vehicle"]
            for _index in range(number):
                cars |= self.make_car(trade_state="in_stock", arrival_date=TODAY)
            lots = self.env["stock.lot"].create(
                [{"name": c.vin_sn, "product_id": self.product.id} for c in cars]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["fleet.vehicle"]._follow_lots(lots)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(cars.lot_id, lots)
        self.assertEqual(counts[1], counts[2])
