# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .workshop_common import WorkshopMoneyCase


@tagged("post_install", "-at_install")
class TestWorkshopGuard(WorkshopMoneyCase):
    """What a client sends past the buttons: states, answers, prices, lines."""

    def refuse(self, call):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call()

    def test_nobody_takes_the_customers_no_away(self):
        self.branch.estimate_required = "never"
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        for user in (self.advisor, self.technician):
            mine = repair.with_user(user)
            self.refuse(lambda r=mine: r.write({"estimate_state": "none"}))
        self.assertEqual(repair.estimate_state, "to_approve")
        self.refuse(self.as_advisor(repair).action_start_work)

    def test_new_order_passes_no_check(self):
        line = {"name": "Brakes", "hours": 2, "price_unit": 100}
        values = {
            "vehicle_id": self.car.id,
            "partner_id": self.customer.id,
            "company_id": self.branch.id,
            "labor_ids": [Command.create(line)],
        }
        repairs = self.env["repair.order"].with_user(self.advisor)
        for state in ("confirmed", "under_repair", "done"):
            with self.subTest(state=state):
                self.refuse(lambda s=state: repairs.create({**values, "state": s}))
                late = repairs.with_context(default_state=state)
                self.refuse(lambda r=late: r.create(values))

    def test_order_passes_no_check_without_its_car(self):
        repair = self.as_advisor(self.make_order())
        repair.vehicle_id = False

        def go():
            repair.action_validate()
            repair.action_repair_start()
            repair.vehicle_id = self.car

        self.refuse(go)

    def test_technician_sets_no_price_and_no_payer(self):
        repair = self.make_order(parts=[(self.part, 1)])
        line = repair.labor_ids.with_user(self.technician)
        move = repair.move_ids.with_user(self.technician)
        self.refuse(lambda: line.write({"payer": "internal"}))
        self.refuse(lambda: move.write({"payer": "internal"}))
        self.refuse(lambda: move.write({"repair_price": 1}))
        values = {"repair_id": repair.id, "name": "Gift", "payer": "warranty"}
        self.assertEqual(line.create({**values, "payer": "customer"}).payer, "customer")
        self.refuse(lambda: line.create(values))
        move.product_uom_qty = 2
        self.assertEqual((line.payer, move.repair_price), ("customer", 150))

    def test_technician_writes_his_own_lines(self):
        other = self.make_user("tech_two", "dealer_aftersales.group_technician")
        repair = self.make_order(labor=[("One", 1, 100), ("Two", 1, 100)])
        mine, theirs = repair.labor_ids
        mine.technician_id, theirs.technician_id = self.technician, other
        mine.with_user(self.technician).hours = 2
        self.refuse(lambda: theirs.with_user(self.technician).write({"hours": 9}))
        self.refuse(lambda: theirs.with_user(self.technician).unlink())
        theirs.with_user(self.advisor).hours = 3
        self.assertEqual(theirs.hours, 3)

    def test_advisor_signs_for_nobody_on_the_portal(self):
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        approve = self.as_advisor(repair).action_estimate_approved
        self.refuse(lambda: approve(method="portal"))

    def test_parts_status_is_the_systems(self):
        repair = self.make_order(parts=[(self.part, 1)])
        repair.sudo().parts_state = "waiting"
        self.refuse(lambda: self.as_advisor(repair).write({"parts_state": False}))

    def test_manager_does_not_rewrite_alerts(self):
        alert = self.env["dealer.sanbao.alert"].create(
            {
                "vehicle_id": self.car.id,
                "company_id": self.branch.id,
                "kind": "days",
                "level": "alarm",
                "date": "2026-03-01",
            }
        )
        manager = alert.with_user(self.service_manager)
        self.refuse(lambda: manager.write({"level": "warn"}))

    def test_state_of_a_recall_follows_its_day(self):
        recall = self.env["dealer.recall"].create({"code": "R1", "name": "Bags"})
        line = recall.line_ids.create({"recall_id": recall.id, "vin": self.car.vin_sn})
        mine = line.with_user(self.advisor)
        self.refuse(lambda: mine.write({"state": "done"}))
        mine.action_done()
        self.assertEqual(line.state, "done")

    def test_discount_on_a_settlement_is_a_change(self):
        for name in ("product_labor", "product_fee"):
            self.env.ref(f"dealer_aftersales.{name}").taxes_id = [Command.clear()]
        repair = self.make_order()
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        order = repair.settlement_order_ids
        order.order_line.discount = 50
        self.assertEqual(repair.settlement_state, "outdated")
        self.as_advisor(repair).action_settle()
        self.assertEqual(self.get_totals(repair), {"customer": 200})

    def test_refused_part_that_is_reserved_leaves_the_order(self):
        repair = self.make_order()
        self.approve(repair)
        self.as_advisor(repair).action_start_work()
        self.add_part(repair, self.part, 1).quantity = 1
        self.assertEqual(repair.estimate_state, "extra")
        self.as_advisor(repair).action_send_estimate()
        estimate = repair._get_open_estimate()
        self.as_advisor(repair)._refuse_estimate(reason="No", estimate=estimate)
        self.assertFalse(repair.move_ids.filtered(lambda m: m.state != "cancel"))
        self.as_advisor(repair).action_ready()

    def test_delivered_undone_and_settled_again(self):
        for name in ("product_labor", "product_fee"):
            self.env.ref(f"dealer_aftersales.{name}").taxes_id = [Command.clear()]
        repair = self.make_order(parts=[(self.part, 2)])
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        self.as_advisor(repair).action_deliver()
        self.as_advisor(repair).action_undo_delivery()
        self.as_advisor(repair)._add_labor(name="Wash", hours=1, payer="internal")
        repair.labor_ids[0].with_user(self.advisor).price_unit = 90
        self.as_advisor(repair).action_settle()
        self.as_advisor(repair).action_deliver()
        self.assertEqual(self.get_totals(repair), {"customer": 480})
        self.assertEqual(repair.settlement_state, "settled")
        line = repair.settlement_order_ids.order_line.filtered("move_ids")
        self.assertEqual(line.qty_delivered, 2)

    def make_contract(self):
        kind = self.env["dealer.service.contract.type"].create(
            {"name": "Pack", "service_count": 1}
        )
        return self.env["dealer.service.contract"].create(
            {"type_id": kind.id, "vehicle_id": self.car.id}
        )

    def test_free_service_takes_nothing_from_other_payers(self):
        contract = self.make_contract()
        repair = self.make_order(labor=[("Oil", 1, 100), ("Recall", 1, 100)])
        oil, recall = repair.labor_ids
        recall.payer = "warranty"
        self.as_advisor(repair).action_use_contract()
        self.assertEqual((oil.payer, recall.payer), ("internal", "warranty"))
        self.as_advisor(repair).action_release_contract()
        self.assertEqual((oil.payer, recall.payer), ("customer", "warranty"))
        again = self.make_order(service_kind="comeback")
        self.as_advisor(again).action_use_contract()
        self.as_advisor(again).action_release_contract()
        self.assertEqual(again.labor_ids.payer, "internal")
        self.assertEqual(contract.service_left, 1)

    def test_free_service_is_not_claimed_by_a_default(self):
        contract = self.make_contract()
        repairs = self.env["repair.order"].with_user(self.advisor)
        values = {"vehicle_id": self.car.id, "partner_id": self.customer.id}
        for sneaked in (
            repairs.with_context(default_contract_id=contract.id).create(values),
            repairs.create({**values, "contract_id": contract.id}),
        ):
            self.assertFalse(sneaked.contract_id)

    def test_technician_takes_no_free_service(self):
        self.make_contract()
        repair = self.make_order()
        self.refuse(repair.with_user(self.technician).action_use_contract)
        self.as_advisor(repair).action_use_contract()
        self.assertTrue(repair.contract_id)
