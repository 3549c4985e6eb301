# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .workshop_common import WorkshopMoneyCase


@tagged("post_install", "-at_install")
class TestRepairSettlement(WorkshopMoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("product_labor", "product_fee"):
            product = cls.env.ref(f"dealer_aftersales.{name}")
            product.taxes_id = [Command.clear()]

    def make_accident(self):
        return self.make_order(
            labor=[("Door", 3.333, 177.77), ("Paint", 1, 999.99)],
            parts=[(self.part, 3), (self.filter, 7)],
            fees=[("Towing", 1, 300)],
            service_kind="accident",
            insurer_id=self.insurer.id,
            claim_number="C-1",
        )

    def test_customer_order_is_confirmed_and_sums_up(self):
        repair = self.make_order(parts=[(self.part, 2)], fees=[("Disposal", 1, 20)])
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        order = repair.settlement_order_ids
        self.assertEqual((order.state, order.repair_payer), ("sale", "customer"))
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.amount_total, repair.amount_total)
        self.assertEqual(repair.sale_order_id, order)
        self.assertEqual(repair.settlement_state, "settled")

    def test_parts_are_delivered_once(self):
        repair = self.make_order(parts=[(self.part, 2)])
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        order = repair.settlement_order_ids
        line = order.order_line.filtered(lambda x: x.product_id == self.part)
        self.assertEqual(line.qty_delivered, 2)
        self.assertFalse(order.picking_ids)
        self.assertEqual(line.move_ids, repair.move_ids)

    def test_payers_get_their_own_orders_and_the_sum_is_the_total(self):
        repair = self.make_accident()
        repair.deductible = 500
        repair.labor_ids[1].payer = "customer"
        repair.move_ids[1].payer = "warranty"
        repair._add_labor(name="Wash", hours=1, payer="internal")
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        totals = self.get_totals(repair)
        self.assertEqual(set(totals), {"customer", "insurance", "warranty"})
        for payer, total in totals.items():
            self.assertAlmostEqual(total, repair[f"amount_{payer}"], 2)
        self.assertAlmostEqual(
            sum(totals.values()) + repair.amount_internal, repair.amount_total, 2
        )
        partners = {o.repair_payer: o.partner_id for o in repair.settlement_order_ids}
        self.assertEqual(partners["insurance"], self.insurer)
        self.assertEqual(partners["warranty"], self.maker)

    def test_share_of_the_customer_never_exceeds_the_damage(self):
        repair = self.make_order(
            service_kind="accident", insurer_id=self.insurer.id, deductible=9999
        )
        self.assertEqual((repair.amount_customer, repair.amount_insurance), (200, 0))
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        self.assertEqual(self.get_totals(repair), {"customer": 200, "insurance": 0})

    def test_estimate_of_an_accident_shows_the_share(self):
        repair = self.make_accident()
        repair.deductible = 500
        self.as_advisor(repair).action_send_estimate()
        estimate = repair.estimate_ids
        self.assertEqual(estimate.amount, 500)
        self.assertAlmostEqual(
            estimate.amount + estimate.amount_others, repair.amount_total, 2
        )

    def test_payer_of_the_car_gets_the_customers_part(self):
        firm = self.make_customer("Leasing firm")
        self.env["dealer.vehicle.party"].create(
            {"vehicle_id": self.car.id, "partner_id": firm.id, "role": "payer"}
        )
        repair = self.make_order()
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        self.assertEqual(repair.settlement_order_ids.partner_id, firm)

    def test_brand_pays_its_warranty(self):
        brand_payer = self.maker.copy({"name": "Brand"})
        self.car.model_id.brand_id.warranty_partner_id = brand_payer
        repair = self.make_order(service_kind="warranty")
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        self.assertEqual(repair.settlement_order_ids.partner_id, brand_payer)
        self.assertFalse(repair.sale_order_id)

    def test_payer_that_is_not_known_is_asked_for(self):
        repair = self.make_order(service_kind="accident")
        self.finish(repair)
        with self.assertRaisesRegex(UserError, "Insurer"):
            self.as_advisor(repair).action_settle()
        self.assertFalse(repair.settlement_order_ids)

    def test_settling_twice_changes_nothing(self):
        repair = self.make_accident()
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        orders = repair.settlement_order_ids
        lines = orders.order_line
        self.as_advisor(repair).action_settle()
        self.assertEqual(repair.settlement_order_ids, orders)
        self.assertEqual(orders.order_line, lines)

    def test_changed_line_is_settled_anew_in_the_same_order(self):
        repair = self.make_order(labor=[("A", 1, 100), ("B", 1, 60)])
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        order = repair.settlement_order_ids
        repair.labor_ids[0].price_unit = 90
        self.assertEqual(repair.settlement_state, "outdated")
        repair.labor_ids[1].payer = "warranty"
        self.as_advisor(repair).action_settle()
        self.assertEqual(self.get_totals(repair), {"customer": 90, "warranty": 60})
        self.assertIn(order, repair.settlement_order_ids)
        self.assertEqual(order.state, "sale")

    def test_payer_without_lines_loses_his_order(self):
        repair = self.make_order()
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        repair.labor_ids.payer = "internal"
        self.as_advisor(repair).action_settle()
        self.assertEqual(repair.settlement_order_ids.state, "cancel")

    def test_invoices_are_made_by_core_and_block_changes(self):
        repair = self.make_order(parts=[(self.part, 1)])
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        with self.assertRaises(AccessError):
            self.as_advisor(repair).action_invoice()
        clerk = new_test_user(
            self.env,
            "clerk",
            "account.group_account_invoice,dealer_crm.group_dealer_user",
            company_id=self.branch.id,
            company_ids=[Command.set(self.branch.ids)],
        )
        repair.with_user(clerk).action_invoice()
        order = repair.settlement_order_ids
        self.assertEqual(order.invoice_ids.amount_total, repair.amount_total)
        self.assertEqual(repair.settlement_state, "invoiced")
        repair.labor_ids.price_unit = 1
        with self.assertRaisesRegex(UserError, "invoiced"):
            self.as_advisor(repair).action_settle()
        with self.assertRaises(UserError):
            self.as_advisor(repair).action_undo_settlement()

    def test_undo_cancels_what_is_not_invoiced(self):
        repair = self.make_order(parts=[(self.part, 1)])
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        self.as_advisor(repair).action_undo_settlement()
        self.assertEqual(repair.settlement_state, "none")
        self.as_advisor(repair).action_settle()
        self.assertEqual(self.get_totals(repair), {"customer": repair.amount_total})

    def test_branch_may_want_the_settlement_before_delivery(self):
        self.branch.is_settlement_required = True
        repair = self.make_order()
        self.finish(repair)
        with self.assertRaisesRegex(UserError, "not settled"):
            self.as_advisor(repair).action_deliver()
        self.as_advisor(repair).action_settle()
        self.as_advisor(repair).action_deliver()
        self.assertEqual(repair.service_state, "delivered")

    def test_settlement_waits_for_the_work(self):
        repair = self.make_order()
        self.approve(repair)
        with self.assertRaises(UserError):
            self.as_advisor(repair).action_settle()
        with self.assertRaises(UserError):
            self.as_advisor(repair).action_create_sale_order()

    def test_technician_and_other_branch_settle_nothing(self):
        repair = self.make_order()
        self.finish(repair)
        with self.assertRaises(AccessError):
            repair.with_user(self.technician).action_settle()
        north = self.make_user(
            "advisor_north",
            "dealer_aftersales.group_service_advisor",
            self.other_branch,
        )
        with self.assertRaises(AccessError):
            repair.with_user(north).action_settle()

    def test_nobody_makes_a_settlement_by_hand(self):
        repair = self.make_order()
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.manager).create(
                {"partner_id": self.customer.id, "repair_settlement_id": repair.id}
            )

    def test_orders_without_a_car_are_sold_as_core_does(self):
        repair = self.make_repair(vehicle_id=False, company_id=self.branch.id)
        self.add_part(repair, self.part, 2)
        repair.action_create_sale_order()
        self.assertEqual(repair.sale_order_id.order_line.product_id, self.part)
        self.assertFalse(repair.settlement_order_ids)

    def test_accident_cannot_lie_in_the_future(self):
        repair = self.make_order()
        with self.assertRaises(ValidationError):
            repair.accident_date = "2099-01-01"

    def test_hint_asks_for_the_claim(self):
        repair = self.make_order(service_kind="accident")
        codes = [hint["code"] for hint in repair._get_order_hints()]
        self.assertIn("accident", codes)
        repair.write({"insurer_id": self.insurer.id, "claim_number": "C-1"})
        codes = [hint["code"] for hint in repair._get_order_hints()]
        self.assertNotIn("accident", codes)

    def test_sheet_has_a_block_per_payer_that_adds_up(self):
        repair = self.make_accident()
        repair.deductible = 100
        repair._add_labor(name="Wash", hours=1, payer="internal")
        before = repair._get_settlement_sheet()
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        after = repair._get_settlement_sheet()
        self.assertEqual(
            [(b["payer"], b["total"]) for b in before if b["payer"] != "internal"],
            [(b["payer"], b["total"]) for b in after if b["payer"] != "internal"],
        )
        self.assertAlmostEqual(
            sum(block["total"] for block in after), repair.amount_total, 2
        )
        origins = {row["origin"] for block in after for row in block["rows"]}
        self.assertIn("Original Part", origins)
