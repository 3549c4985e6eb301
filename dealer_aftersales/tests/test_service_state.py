# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase

FLOW = (
    ("action_diagnose", "diagnosed", "draft"),
    ("action_approve", "approved", "confirmed"),
    ("action_start_work", "in_work", "under_repair"),
    ("action_check", "quality_check", "under_repair"),
    ("action_ready", "ready", "done"),
    ("action_deliver", "delivered", "done"),
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceState(AftersalesCase):
    """Each way through the workshop is checked, logged and in step with core."""

    def get_steps(self, repair):
        logs = repair.log_ids.sorted("id")
        return [(log.state_from, log.state_to) for log in logs]

    def test_the_buttons_of_the_day_lead_to_delivery(self):
        repair = self.make_repair().with_user(self.advisor)
        self.assertEqual(repair.service_state, "received")
        for button, state, core_state in FLOW:
            with self.subTest(button=button):
                getattr(repair, button)()
                self.assertEqual(repair.service_state, state)
                self.assertEqual(repair.state, core_state)
        self.assertEqual(str(repair.date_delivered), NOW)
        states = ["received", *(state for _button, state, _core in FLOW)]
        self.assertEqual(
            self.get_steps(repair), list(zip(states, states[1:], strict=False))
        )
        self.assertEqual(repair.log_ids.user_id, self.advisor)

    def test_a_log_line_tells_how_long_the_state_before_took(self):
        repair = self.make_repair(date_in="2026-03-10 03:15:00")
        repair.action_start_work()
        with freeze_time("2026-03-10 06:30:00"):
            repair.action_ready()
        minutes = repair.log_ids.sorted("id").mapped("minutes")
        self.assertEqual(minutes, [45, 150])

    def test_opening_an_order_logs_nothing(self):
        self.assertFalse(self.make_repair().log_ids)

    def test_history_is_delivered_at_once_without_steps(self):
        repair = self.make_repair("2026-03-07 04:00:00")
        self.assertEqual(repair.service_state, "delivered")
        self.assertFalse(repair.log_ids)
        self.assertFalse(repair.activity_ids)

    def test_order_without_a_car_has_no_service_state(self):
        repair = self.make_repair(vehicle_id=False)
        repair.action_validate()
        self.assertFalse(repair.service_state)
        self.assertFalse(repair.log_ids)
        repair.vehicle_id = self.car
        self.assertEqual(repair.service_state, "approved")

    def test_order_that_is_not_here_yet_is_an_appointment(self):
        repair = self.make_repair(service_state="appointment")
        self.assertEqual(repair.service_state, "appointment")
        self.assertFalse(repair.date_in)
        repair.action_receive()
        self.assertEqual(str(repair.date_in), NOW)
        self.assertEqual(repair.service_state, "received")

    def test_open_order_of_another_system_is_taken_over_with_its_state(self):
        repair = self.make_repair(service_state="in_work")
        self.assertEqual(
            (repair.service_state, repair.state), ("in_work", "under_repair")
        )

    def test_core_buttons_keep_in_step(self):
        repair = self.make_repair()
        repair.action_validate()
        self.assertEqual(repair.service_state, "approved")
        repair.action_repair_start()
        self.assertEqual(repair.service_state, "in_work")
        repair.action_repair_end()
        self.assertEqual(repair.service_state, "ready")
        self.assertEqual(
            self.get_steps(repair),
            [("received", "approved"), ("approved", "in_work"), ("in_work", "ready")],
        )

    def test_cancelled_and_reopened_by_core(self):
        repair = self.make_repair()
        repair.action_start_work()
        repair.action_repair_cancel()
        self.assertEqual(repair.service_state, "cancelled")
        repair.action_repair_cancel_draft()
        self.assertEqual(repair.service_state, "received")

    def test_a_dragged_card_is_the_same_transition(self):
        repair = self.make_repair().with_user(self.advisor)
        repair.write({"service_state": "approved"})
        self.assertEqual(repair.state, "confirmed")
        self.assertEqual(self.get_steps(repair), [("received", "approved")])

    def test_impossible_ways_are_told_with_both_states(self):
        repair = self.make_repair(service_state="appointment")
        with self.assertRaisesRegex(UserError, "Appointment.*In Work"):
            repair.service_state = "in_work"
        repair.action_receive()
        repair.action_check()
        with self.assertRaisesRegex(UserError, "Quality Check.*Received"):
            repair.service_state = "received"

    def test_all_that_stands_against_a_step_is_told_at_once(self):
        first, second = self.make_repair(), self.make_repair()

        def get_blocks(repair, target):
            return [f"{repair.id} misses its paper for {target}"]

        with patch.object(type(first), "_get_state_blocks", get_blocks):
            with self.assertRaises(UserError) as caught:
                (first | second).action_approve()
        said = str(caught.exception)
        for repair in (first, second):
            for state in ("diagnosed", "approved"):
                self.assertIn(f"{repair.id} misses its paper for {state}", said)
        self.assertEqual(first.service_state, "received")

    def test_what_blocks_a_button_blocks_cores_button_and_the_date_too(self):
        repair = self.make_repair()

        def get_blocks(repair, target):
            return ["Not yet"] if target == "in_work" else []

        with patch.object(type(repair), "_get_state_blocks", get_blocks):
            for go in (
                repair.action_repair_start,
                repair.action_deliver,
                lambda: repair.write({"date_delivered": NOW}),
            ):
                with self.assertRaisesRegex(UserError, "Not yet"):
                    with self.env.cr.savepoint():
                        go()

    def test_one_step_back_with_its_reason(self):
        repair = self.make_repair()
        repair.action_check()
        back = self.env["dealer.repair.back"].with_context(active_id=repair.id)
        with Form(back.with_user(self.advisor)) as form:
            form.reason = "Noise at the test drive"
        form.record.action_confirm()
        self.assertEqual(repair.service_state, "in_work")
        last = repair.log_ids.sorted("id")[-1]
        self.assertEqual(last.reason, "Noise at the test drive")
        for _step in range(3):
            repair.action_step_back()
        self.assertEqual((repair.service_state, repair.state), ("received", "draft"))
        repair.action_step_back()
        with self.assertRaisesRegex(UserError, "no state before"):
            repair.action_step_back()

    def test_ready_car_goes_back_to_check_and_forth_with_its_parts(self):
        part = self.env["product.product"].create(
            {
                "name": "Filter",
                "is_storable": True,
                "part_origin": "original",
                "list_price": 0,
            }
        )
        repair = self.make_repair(
            move_ids=[
                Command.create(
                    {
                        "repair_line_type": "add",
                        "product_id": part.id,
                        "product_uom_qty": 1,
                        "quantity": 1,
                    }
                )
            ]
        )
        repair.action_ready()
        done = repair.move_ids
        self.assertEqual(done.state, "done")
        repair.action_step_back()
        self.assertEqual((repair.state, done.state), ("under_repair", "done"))
        repair.action_ready()
        self.assertEqual(repair.move_ids, done)
        self.assertEqual(done.quantity, 1)

    def test_undone_delivery_is_ready_again(self):
        repair = self.make_repair()
        repair.action_deliver()
        repair.action_undo_delivery()
        self.assertFalse(repair.date_delivered)
        self.assertEqual((repair.service_state, repair.state), ("ready", "done"))

    def test_date_of_delivery_by_hand_delivers(self):
        repair = self.make_repair(date_in="2026-03-09 01:00:00")
        repair.write({"date_delivered": "2026-03-09 08:00:00"})
        self.assertEqual(repair.service_state, "delivered")
        self.assertEqual(str(repair.date_delivered), "2026-03-09 08:00:00")
        self.assertEqual(repair.state, "done")

    def test_no_card_is_made_in_a_column_past_reception_by_default_values(self):
        repairs = self.env["repair.order"].with_context(
            default_service_state="delivered"
        )
        repair = repairs.create({"vehicle_id": self.car.id})
        self.assertEqual(repair.service_state, "received")

    def test_delivered_on_time_by_the_promise(self):
        promised = "2026-03-10 05:00:00"
        soon, late, open_order, unpromised = (
            self.make_repair(date_promised=value)
            for value in (promised, "2026-03-10 03:59:59", promised, False)
        )
        late.date_in = soon.date_in = "2026-03-10 01:00:00"
        (soon | late | unpromised).action_deliver()
        orders = soon | late | open_order | unpromised
        self.assertEqual(orders.mapped("is_on_time"), [True, False, False, False])

    def test_steps_are_written_by_nobody(self):
        repair = self.make_repair()
        repair.action_approve()
        for user in (self.advisor, self.service_manager, self.director):
            log = repair.log_ids.with_user(user)
            self.assertTrue(log.has_access("read"))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(log.has_access(operation))
        self.assertFalse(repair.log_ids.with_user(self.care_north).has_access("read"))
