# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRecall(AftersalesCase):
    """Recalls: pasted lists, told at desk and order, closed by the delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = cls.env["product.product"].create(
            {"name": "Replace fuel pump", "type": "service", "list_price": 100}
        )
        cls.recall = cls.env["dealer.recall"].create(
            {"code": "R-2026-01", "name": "Fuel pump", "product_id": cls.work.id}
        )

    def list_car(self, car=None):
        vin = (car or self.car).vin_sn
        line = {"recall_id": self.recall.id, "vin": vin}
        return self.env["dealer.recall.line"].create(line)

    def get_hints(self, repair):
        return [h for h in repair._get_order_hints() if h["code"] == "recall"]

    def test_pasted_list_finds_the_cars(self):
        unknown = self.next_vin()
        recall = self.recall.with_user(self.service_manager)
        with Form(recall) as form:
            form.vin_text = f"{self.car.vin_sn.lower()}, {unknown}\n{self.car.vin_sn}"
        self.assertEqual(set(recall.line_ids.mapped("vin")), {self.car.vin_sn, unknown})
        self.assertEqual(recall.line_ids.vehicle_id, self.car)
        self.assertEqual((recall.line_count, recall.open_count), (2, 1))
        recall.vin_text = self.car.vin_sn
        self.assertEqual(recall.line_count, 2)

    def test_what_is_no_vin_is_named(self):
        with self.assert_refused(ValidationError, "SHORT1"):
            self.recall.vin_text = f"{self.car.vin_sn} short1"
        self.assertFalse(self.recall.line_ids)

    def test_new_card_finds_its_recall(self):
        vin = self.next_vin()
        line = self.env["dealer.recall.line"].create(
            {"recall_id": self.recall.id, "vin": vin}
        )
        self.assertFalse(line.vehicle_id)
        car = self.make_car(vin_sn=vin, owner_id=self.customer.id)
        self.assertEqual(line.vehicle_id, car)
        self.assertTrue(car.has_open_recall)
        self.assertIn(
            car, self.env["fleet.vehicle"].search([("has_open_recall", "=", True)])
        )

    def test_one_click_puts_it_on_the_order_and_delivery_closes_it(self):
        line = self.list_car()
        repair = self.make_repair(odometer_in=5000).with_user(self.advisor)
        [hint] = self.get_hints(repair)
        self.assertEqual(hint["level"], "danger")
        repair.with_context(hint_id=hint["id"]).action_do_recall()
        work = repair.labor_ids
        self.assertEqual((work.product_id, work.payer), (self.work, "warranty"))
        self.assertFalse(self.get_hints(repair))
        self.assertEqual(line.state, "open")
        repair.date_delivered = "2026-03-10 08:00:00"
        self.assertEqual((line.state, str(line.date_done)), ("done", "2026-03-10"))
        self.assertFalse(self.car.has_open_recall)
        repair.date_delivered = False
        self.assertEqual(line.state, "open")

    def test_cancelled_order_leaves_the_recall_open(self):
        self.list_car()
        repair = self.make_repair().with_user(self.advisor)
        [hint] = self.get_hints(repair)
        repair.with_context(hint_id=hint["id"]).action_do_recall()
        repair.action_repair_cancel()
        other = self.make_repair().with_user(self.advisor)
        self.assertEqual(len(self.get_hints(other)), 1)

    def test_two_orders_do_not_take_the_same_recall(self):
        line = self.list_car()
        first, second = (self.make_repair().with_user(self.advisor) for _n in "ab")
        first.with_context(hint_id=line.id).action_do_recall()
        with self.assert_refused(UserError, "on an order already"):
            second.with_context(hint_id=line.id).action_do_recall()

    def test_ended_recall_is_not_told(self):
        self.list_car()
        self.recall.write({"date": "2026-01-01", "date_end": "2026-03-09"})
        self.assertFalse(self.car._get_open_recalls())
        self.assertFalse(self.car.has_open_recall)

    def test_desk_tells_the_recall(self):
        self.list_car()
        car = self.car.with_user(self.advisor)
        lines = self.customer.with_user(self.advisor)._get_desk_now(car)
        self.assertEqual(lines[0]["text"], "Open recall: Fuel pump")

    def test_board_flags_cost_the_same_for_many_orders(self):
        def measure(count):
            repairs = self.env["repair.order"]
            for _n in range(count):
                car = self.make_car(owner_id=self.customer.id)
                self.list_car(car)
                repairs |= self.make_repair(vehicle_id=car.id, odometer_in=10)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            flags = repairs.with_user(self.advisor)._get_board_flags()
            self.assertEqual({flag[0][0] for flag in flags.values()}, {"recall"})
            return self.env.cr.sql_log_count - before

        measure(2)
        self.assertLessEqual(measure(50), measure(5) + 2)

    def test_advisor_closes_by_hand_and_technician_does_not(self):
        line = self.list_car()
        with self.assertRaises(AccessError):
            line.with_user(self.technician).action_done()
        line.with_user(self.advisor).action_done()
        self.assertEqual(line.state, "done")
        line.with_user(self.advisor).action_reopen()
        self.assertEqual(line.state, "open")

    def test_import_of_lines(self):
        vin = self.car.vin_sn.lower()
        values = {"recall_id": "R-2026-01", "vin": vin}
        line, texts = self.enter_by_import(
            self.service_manager, "dealer.recall.line", values
        )
        self.assertFalse(texts)
        self.assertEqual(line.vehicle_id, self.car)
