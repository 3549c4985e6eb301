# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .parts_common import PartsCase

ORIGINS = ("original", "equivalent", "remanufactured", "reused")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPartOrigin(PartsCase):
    """No part goes into a customer's car without its origin said (Art. 17)."""

    def test_the_line_takes_the_label_of_the_product(self):
        for origin in ORIGINS:
            order = self.make_order(self.make_part(part_origin=origin))
            self.assertEqual(order.move_ids.part_origin, origin)

    def test_the_label_can_be_another_on_the_line(self):
        order = self.make_order(self.make_part())
        order.move_ids.part_origin = "reused"
        order.move_ids.product_uom_qty = 2
        self.assertEqual(order.move_ids.part_origin, "reused")

    def test_without_label_no_approval_and_the_part_is_named(self):
        order = self.make_order(self.make_part("Oil Filter", part_origin=False))
        for step in ("action_approve", "action_validate", "action_repair_start"):
            with self.subTest(step), self.assert_refused(UserError, "Oil Filter"):
                self.call(self.advisor, "repair.order", step, order.ids)
        self.assertEqual(order.state, "draft")

    def test_a_part_added_later_stops_the_end_of_the_work(self):
        order = self.make_order(self.make_part(stock=1))
        order.action_start_work()
        self.env["stock.move"].create(
            {
                "repair_id": order.id,
                "repair_line_type": "add",
                "product_id": self.make_part("Belt", part_origin=False).id,
                "product_uom_qty": 1,
            }
        )
        for step in ("action_ready", "action_deliver", "action_repair_end"):
            with self.subTest(step), self.assert_refused(UserError, "Belt"):
                getattr(order, step)()

    def test_labelling_the_product_labels_open_orders_only(self):
        part = self.make_part("Lamp", part_origin=False)
        order = self.make_order(part)
        closed = self.make_order(part)
        closed.action_repair_cancel()
        part.part_origin = "equivalent"
        self.assertEqual(order.move_ids.part_origin, "equivalent")
        self.assertFalse(closed.move_ids.part_origin)
        order.action_approve()
        part.part_origin = "original"
        self.assertEqual(order.move_ids.part_origin, "equivalent")

    def test_removed_parts_and_other_repairs_need_no_label(self):
        part = self.make_part(part_origin=False)
        order = self.make_order(part)
        order.move_ids.repair_line_type = "remove"
        order.action_approve()
        self.assertEqual(order.state, "confirmed")
        plain = self.make_order(part, vehicle_id=False)
        plain.action_validate()
        self.assertEqual(plain.state, "confirmed")
