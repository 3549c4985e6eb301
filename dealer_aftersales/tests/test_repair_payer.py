# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .workshop_common import WorkshopMoneyCase


@tagged("post_install", "-at_install")
class TestRepairPayer(WorkshopMoneyCase):
    def test_order_of_work_parts_and_fees_adds_up(self):
        repair = self.make_order(
            labor=[("Brakes", 2, 100), ("Test", 0.5, 180)],
            parts=[(self.part, 2), (self.filter, 3), (self.oil, 1)],
            fees=[("Disposal", 1, 20)],
        )
        self.assertEqual(repair.amount_labor, 290)
        self.assertEqual(repair.amount_parts, 479.99)
        self.assertEqual(repair.amount_fees, 20)
        self.assertEqual(repair.amount_total, 789.99)
        self.assertEqual(repair.amount_customer, 789.99)
        self.assertIn(repair, self.car.repair_ids)

    def test_fees_are_no_labour_lines(self):
        repair = self.make_order(fees=[("Towing", 1, 300)])
        self.assertEqual(repair.labor_ids.mapped("name"), ["Brakes"])
        self.assertEqual(repair.fee_ids.mapped("name"), ["Towing"])

    def test_operation_of_the_catalog_fills_the_line(self):
        line = self.make_order(labor=[])._add_labor(product=self.operation)
        self.assertEqual(
            (line.name, line.hours, line.price_unit), ("Oil change", 0.5, 200)
        )
        self.assertEqual(line.amount, 100)

    def test_operation_with_a_price_keeps_it(self):
        self.operation.list_price = 260
        line = self.make_order(labor=[])._add_labor(product=self.operation, hours=2)
        self.assertEqual((line.hours, line.amount), (2, 520))

    def test_free_text_costs_the_rate_of_the_branch(self):
        line = self.make_order(labor=[])._add_labor(name="Look for a noise", hours=1.5)
        self.assertEqual(line.amount, 300)

    def test_history_keeps_what_was_charged(self):
        repair = self.make_repair("2026-03-01 04:00:00", service_kind="accident")
        line = self.env["dealer.repair.labor"].create(
            {"repair_id": repair.id, "name": "Painted", "hours": 3}
        )
        self.assertEqual((line.price_unit, line.payer), (0, "insurance"))

    def test_kind_of_the_visit_proposes_who_pays(self):
        wanted = {
            "maintenance": "customer",
            "general": "customer",
            "warranty": "warranty",
            "accident": "insurance",
            "comeback": "internal",
        }
        for kind, payer in wanted.items():
            repair = self.make_order(parts=[(self.part, 1)], service_kind=kind)
            lines = [repair.labor_ids.payer, repair.move_ids.payer]
            self.assertEqual(lines, [payer, payer], kind)

    def test_payer_of_a_line_can_be_another_one(self):
        repair = self.make_order(labor=[("A", 1, 100), ("B", 1, 50)])
        repair.labor_ids[1].payer = "warranty"
        self.add_part(repair, self.oil, 1, payer="internal")
        sums = [
            repair[f"amount_{payer}"]
            for payer in ("customer", "warranty", "insurance", "internal")
        ]
        self.assertEqual(sums, [100, 50, 0, 80])
        self.assertEqual(sum(sums), repair.amount_total)

    def test_cancelled_and_removed_parts_cost_nothing(self):
        repair = self.make_order(labor=[], parts=[(self.part, 1), (self.oil, 1)])
        repair.move_ids[0].repair_line_type = "remove"
        self.assertEqual(repair.amount_parts, 80)
        repair.move_ids[1]._action_cancel()
        self.assertEqual(repair.amount_parts, 0)

    def test_history_amount_of_parts_counts(self):
        repair = self.make_repair("2026-03-01 04:00:00", amount_parts_history=368)
        self.assertEqual((repair.amount_parts, repair.amount_customer), (368, 368))

    def test_moves_outside_the_workshop_have_no_payer(self):
        move = self.env["stock.move"].create(
            {
                "product_id": self.part.id,
                "product_uom_qty": 1,
                "location_id": self.env.ref("stock.stock_location_stock").id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            }
        )
        self.assertFalse(move.payer)
        self.assertEqual((move.repair_price, move.is_approved), (0, True))

    def test_form_proposes_price_and_payer_while_typing(self):
        repair = self.make_order(labor=[], service_kind="warranty")
        form = Form(repair.with_user(self.advisor), "repair.view_repair_order_form")
        with form.labor_ids.new() as line:
            line.product_id = self.operation
            self.assertEqual(line.payer, "warranty")
            self.assertEqual(line.price_unit, 200)
        with form.move_ids.new() as move:
            move.product_id = self.part
            self.assertEqual((move.payer, move.repair_price), ("warranty", 150))
        form.save()
        self.assertEqual(repair.amount_total, 250)

    def test_number_of_queries_does_not_grow_with_the_orders(self):
        def count(size):
            repairs = self.env["repair.order"].browse()
            for _index in range(size):
                repairs |= self.make_order(parts=[(self.part, 1)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            repairs.mapped("amount_warranty")
            repairs._get_board_flags()
            return self.cr.sql_log_count - before

        few = count(5)
        self.assertLessEqual(count(25), few + 2)

    def test_clients_cannot_approve_lines(self):
        repair = self.make_order(parts=[(self.part, 1)])
        for line in (repair.labor_ids, repair.move_ids):
            with self.assertRaises(AccessError):
                line.with_user(self.advisor).write({"amount_approved": 999})
        with self.assertRaises(AccessError):
            self.env["dealer.repair.labor"].with_user(self.advisor).create(
                {"repair_id": repair.id, "name": "X", "amount_approved": 5}
            )
        line = (
            self.env["dealer.repair.labor"]
            .with_user(self.advisor)
            .with_context(default_amount_approved=500)
            .create({"repair_id": repair.id, "name": "X"})
        )
        self.assertEqual(line.amount_approved, 0)

    def test_technicians_change_no_payer_and_no_price(self):
        repair = self.make_order(parts=[(self.part, 1)])
        repair.labor_ids.technician_id = self.technician
        changes = [
            (repair.labor_ids, {"payer": "internal"}),
            (repair.move_ids, {"payer": "internal"}),
            (repair.move_ids, {"repair_price": 1}),
        ]
        for line, values in changes:
            with self.assertRaises(AccessError):
                line.with_user(self.technician).write(values)
        repair.labor_ids.with_user(self.technician).write(
            {"payer": "customer", "hours": 1.5}
        )
        self.assertEqual(repair.labor_ids.hours, 1.5)
