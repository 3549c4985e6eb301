# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.repair_order_parts import ARRIVED
from .common import NOW
from .parts_common import PartsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPartsState(PartsCase):
    """Missing parts: the order waits, is listed, and its advisor is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pad = cls.make_part("Pad", stock=1)
        cls.belt = cls.make_part("Belt")

    def shortage(self):
        moves = self.env["stock.move"]
        domain = self.env.ref("dealer_aftersales.stock_move_action_shortage").domain
        found = moves.search(moves._get_shortage_domain())
        self.assertIn("confirmed", domain)
        return found & (self.pad | self.belt).stock_move_ids

    def told(self, order):
        return order.activity_search([ARRIVED])

    def test_parts_at_hand_are_reserved_without_a_word(self):
        order = self.make_order(self.pad)
        self.assertIn(order.parts_state, (False, "none"))
        order.with_user(self.advisor).action_approve()
        self.assertEqual(order.parts_state, "available")
        self.assertFalse(self.told(order))
        self.assertFalse(self.shortage())

    def test_several_parts_at_hand_are_no_arrival(self):
        order = self.make_order(self.pad, self.make_part("Disc", stock=3))
        order.action_start_work()
        self.assertEqual(order.parts_state, "available")
        self.assertFalse(self.told(order))

    def test_a_missing_part_waits_and_its_arrival_tells_the_advisor_once(self):
        order = self.make_order(self.pad, self.belt)
        order.with_user(self.advisor).action_approve()
        self.assertEqual(order.parts_state, "waiting")
        self.assertEqual(self.shortage().product_id, self.belt)
        self.receive(self.belt)
        self.assertEqual(order.parts_state, "arrived")
        self.assertFalse(self.shortage())
        self.assertEqual(self.told(order).user_id, self.advisor)
        order.action_assign()
        self.receive(self.belt)
        self.assertEqual(len(self.told(order)), 1)

    def test_taken_away_and_back_again_is_told_once(self):
        order = self.make_order(self.belt)
        order.action_approve()
        self.receive(self.belt)
        order.action_unreserve()
        self.assertEqual(order.parts_state, "waiting")
        self.assertFalse(self.told(order))
        order.action_assign()
        self.assertEqual(order.parts_state, "arrived")
        self.assertEqual(len(self.told(order)), 1)

    def test_half_of_the_parts_is_not_enough(self):
        order = self.make_order(self.belt)
        order.move_ids.product_uom_qty = 3
        order.action_approve()
        self.receive(self.belt, 2)
        self.assertEqual(order.parts_state, "waiting")
        self.receive(self.belt, 1)
        self.assertEqual(order.parts_state, "arrived")

    def test_the_closed_order_waits_for_nothing(self):
        for step in ("action_repair_cancel", "action_deliver"):
            with self.subTest(step):
                order = self.make_order(self.belt)
                order.action_approve()
                self.assertEqual(order.parts_state, "waiting")
                getattr(order, step)()
                self.assertEqual(order.parts_state, "none")
                self.assertFalse(self.shortage())

    def test_the_missing_part_taken_off_the_order(self):
        order = self.make_order(self.pad, self.belt)
        order.action_approve()
        order.move_ids.filtered(lambda m: m.product_id == self.belt)._action_cancel()
        self.assertNotEqual(order.parts_state, "waiting")

    def test_repairs_without_a_car_are_not_followed(self):
        order = self.make_order(self.belt, vehicle_id=False)
        order.action_validate()
        self.assertFalse(order.parts_state)
        self.assertFalse(self.shortage())

    def test_nobody_sets_the_status_by_hand(self):
        order = self.make_order(self.belt)
        with self.assert_refused(AccessError, "Parts Status"):
            order.with_user(self.service_manager).write({"parts_state": "arrived"})
        repairs = self.env["repair.order"].with_user(self.advisor)
        made = repairs.with_context(default_parts_state="arrived").create(
            {"vehicle_id": self.car.id}
        )
        self.assertFalse(made.parts_state)

    def test_the_board_warns(self):
        waiting, calm = self.make_order(self.belt), self.make_order(self.pad)
        (waiting | calm).action_approve()
        flags = (waiting | calm)._get_board_flags()
        codes = {key: [flag[0] for flag in rows] for key, rows in flags.items()}
        self.assertIn("parts", codes[waiting.id])
        self.assertNotIn("parts", codes[calm.id])

    def count_approval(self, number):
        orders = self.env["repair.order"].union(
            *(self.make_order(self.belt) for _index in range(number))
        )
        orders._action_repair_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        moves = orders.move_ids
        before = self.env.cr.sql_log_count
        moves._update_repair_parts()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_status_of_many_orders_takes_as_many_queries_as_of_few(self):
        self.count_approval(2)
        self.assertLessEqual(self.count_approval(30), self.count_approval(3) + 1)

    def notice(self, order, **values):
        action = order.with_user(self.advisor).action_tell_parts()
        notices = self.env["dealer.parts.notice"].with_user(self.advisor)
        return notices.with_context(**action["context"]).create(values)

    def make_arrived(self):
        order = self.make_order(self.belt)
        order.action_approve()
        self.receive(self.belt)
        return order

    def test_a_call_is_logged_and_closes_the_reminder(self):
        order = self.make_arrived()
        notice = self.notice(order)
        self.assertIn("苏A12345", notice.content)
        notice.action_send()
        contact = self.env["dealer.contact"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )
        self.assertEqual(
            (contact.purpose, contact.direction, contact.vehicle_id, contact.user_id),
            ("service", "out", self.car, self.advisor),
        )
        self.assertFalse(self.told(order))

    def test_not_reached_stays_to_do(self):
        order = self.make_arrived()
        self.notice(order, outcome="not_reached").action_send()
        self.assertTrue(self.told(order))

    def test_an_email_goes_to_the_customer(self):
        self.customer.email = "li@example.com"
        order = self.make_arrived()
        self.notice(order, channel="email").action_send()
        message = order.message_ids.filtered(lambda m: self.customer in m.partner_ids)
        self.assertIn("have arrived", message.body)

    def test_without_address_or_against_his_will_nobody_is_told(self):
        order = self.make_arrived()
        with self.assert_refused(UserError, "e-mail address"):
            self.notice(order, channel="email").action_send()
        self.customer.sudo().is_restricted = True
        with self.assert_refused(UserError, "restricted"):
            self.notice(order).action_send()

    def test_the_late_part_is_announced_with_its_day(self):
        order = self.make_order(self.belt)
        order.action_approve()
        self.assertIn("have to be ordered", order._get_parts_notice())
        self.expect(self.belt, moment="2026-03-20 08:00:00")
        self.env.invalidate_all()
        self.assertIn("03/20/2026", order._get_parts_notice())

    def test_replenish_shows_the_forecast_where_nothing_buys(self):
        order = self.make_order(self.belt)
        order.action_approve()
        action = order.move_ids.with_user(self.advisor).action_replenish_part()
        self.assertTrue(action.get("tag") or action.get("res_model"))
