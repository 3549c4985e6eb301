# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .workshop_common import WorkshopMoneyCase


@tagged("post_install", "-at_install")
class TestRepairEstimate(WorkshopMoneyCase):
    def test_work_waits_for_the_customer(self):
        repair = self.make_order()
        with self.assertRaisesRegex(UserError, "Brakes"):
            self.as_advisor(repair).action_start_work()
        self.approve(repair)
        self.assertEqual(repair.estimate_state, "approved")
        self.assertEqual(repair.service_state, "approved")
        self.as_advisor(repair).action_start_work()
        self.assertEqual(repair.service_state, "in_work")

    def test_core_buttons_are_no_way_past_the_customer(self):
        repair = self.make_order()
        with self.assertRaises(UserError):
            self.as_advisor(repair).action_repair_start()

    def test_branch_may_ask_over_an_amount_or_never(self):
        self.branch.write({"estimate_required": "over", "estimate_threshold": 200})
        cheap = self.make_order()
        self.as_advisor(cheap).action_start_work()
        dear = self.make_order(labor=[("Engine", 10, 100)])
        with self.assertRaises(UserError):
            self.as_advisor(dear).action_start_work()
        self.branch.estimate_required = "never"
        self.as_advisor(dear).action_start_work()
        self.assertEqual(dear.service_state, "in_work")

    def test_warranty_and_internal_work_need_no_approval(self):
        repair = self.make_order(service_kind="warranty", parts=[(self.part, 1)])
        repair._add_labor(name="Cleaning", payer="internal")
        self.as_advisor(repair).action_start_work()
        self.assertEqual(repair.service_state, "in_work")

    def test_extra_line_after_approval_needs_a_new_one(self):
        repair = self.make_order()
        self.approve(repair)
        self.as_advisor(repair).action_start_work()
        repair._add_labor(name="Brake hose", hours=1)
        self.assertEqual(repair.estimate_state, "extra")
        flags = repair._get_board_flags()[repair.id]
        self.assertIn("approval", [code for code, _text, _level in flags])
        with self.assertRaisesRegex(UserError, "Brake hose"):
            self.as_advisor(repair).action_ready()
        self.approve(repair)
        self.assertEqual(repair.estimate_state, "approved")
        self.as_advisor(repair).action_ready()

    def test_extra_part_and_higher_amounts_need_approval_too(self):
        repair = self.make_order(parts=[(self.part, 1)])
        line, move = repair.labor_ids, repair.move_ids
        changes = [
            (lambda: line.write({"hours": 3}), lambda: line.write({"hours": 2})),
            (
                lambda: line.write({"price_unit": 101}),
                lambda: line.write({"price_unit": 100}),
            ),
            (
                lambda: move.write({"product_uom_qty": 2}),
                lambda: move.write({"product_uom_qty": 1}),
            ),
            (
                lambda: move.write({"repair_price": 151}),
                lambda: move.write({"repair_price": 150}),
            ),
        ]
        self.approve(repair)
        for change, back in changes:
            change()
            self.assertEqual(repair.estimate_state, "extra")
            back()
            self.assertEqual(repair.estimate_state, "approved")
        self.add_part(repair, self.oil, 1)
        self.assertEqual(repair.estimate_state, "extra")

    def test_cheaper_work_stays_approved(self):
        repair = self.make_order()
        self.approve(repair)
        repair.labor_ids.hours = 1
        self.assertEqual(repair.estimate_state, "approved")

    def test_work_the_customer_is_to_pay_after_all_needs_approval(self):
        repair = self.make_order(service_kind="warranty")
        self.as_advisor(repair).action_send_estimate()
        self.as_advisor(repair).action_estimate_approved()
        repair.labor_ids.payer = "customer"
        self.assertEqual(repair.estimate_state, "extra")

    def test_other_product_at_the_same_price_needs_approval(self):
        repair = self.make_order(labor=[], parts=[(self.part, 1)])
        self.approve(repair)
        other = self.make_part("Cheap pad", 150)
        repair.move_ids.product_id = other
        self.assertEqual(repair.estimate_state, "extra")

    def test_versions_are_frozen_and_the_older_one_is_replaced(self):
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        first = repair.estimate_ids
        repair.labor_ids.write({"name": "Brakes, all", "price_unit": 120})
        self.as_advisor(repair).action_send_estimate()
        second = repair.estimate_ids - first
        self.assertEqual((first.state, second.state), ("replaced", "sent"))
        self.assertEqual(first.line_ids.name, "Brakes")
        self.assertEqual(first.line_ids.amount, 200)
        self.assertEqual((second.version, second.line_ids.amount), (2, 240))
        with self.assertRaises(UserError):
            repair._approve_estimate("in_person", estimate=first)

    def test_line_made_dearer_after_sending_is_approved_at_the_old_price(self):
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        repair.labor_ids.price_unit = 500
        self.as_advisor(repair).action_estimate_approved()
        self.assertEqual(repair.estimate_state, "extra")

    def test_call_is_recorded_in_the_contact_ledger(self):
        repair = self.make_order()
        with self.assertRaises(UserError):
            self.approve(repair, "call")
        self.approve(repair, "call", content="Go ahead, he said")
        contact = repair.estimate_ids.contact_id
        self.assertEqual(
            (contact.channel, contact.purpose, contact.partner_id, contact.user_id),
            ("phone", "service", self.customer, self.advisor),
        )
        self.assertEqual(contact.content, "Go ahead, he said")

    def test_signature_needs_name_and_picture(self):
        repair = self.make_order()
        with self.assertRaises(UserError):
            self.approve(repair, "signature", signed_by="Li")
        self.approve(repair, "signature", signed_by="Li", signature=b"aGVsbG8=")
        estimate = repair.estimate_ids
        self.assertEqual((estimate.state, estimate.signed_by), ("approved", "Li"))
        self.assertTrue(estimate.signed_on and estimate.signature)

    def test_unwanted_lines_leave_the_order_and_stay_in_the_estimate(self):
        repair = self.make_order(
            labor=[("Brakes", 2, 100), ("Wipers", 1, 50)], parts=[(self.part, 1)]
        )
        self.as_advisor(repair).action_send_estimate()
        estimate = repair.estimate_ids
        refused = estimate.line_ids.filtered(lambda line: line.name != "Brakes")
        form = Form(
            self.env["dealer.repair.approval"]
            .with_user(self.advisor)
            .with_context(default_estimate_id=estimate.id)
        )
        for line in refused:
            form.refused_line_ids.add(line)
        form.save().action_confirm()
        self.assertEqual(repair.labor_ids.mapped("name"), ["Brakes"])
        self.assertFalse(repair.move_ids)
        self.assertEqual(set(refused.mapped("decision")), {"refused"})
        self.assertEqual(repair.estimate_state, "approved")

    def test_refused_estimate_empties_the_order(self):
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        repair._refuse_estimate(reason="too dear")
        self.assertEqual(repair.estimate_state, "refused")
        self.assertFalse(repair.labor_ids)
        self.assertEqual(repair.estimate_ids.reason, "too dear")

    def test_estimate_out_of_date_cannot_be_approved(self):
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        estimate = repair.estimate_ids
        estimate.date_valid -= timedelta(days=self.branch.estimate_days + 1)
        self.assertTrue(estimate.is_expired)
        with self.assertRaises(UserError):
            self.as_advisor(repair).action_estimate_approved()

    def test_estimate_is_answered_once(self):
        repair = self.make_order()
        self.approve(repair)
        with self.assertRaises(UserError):
            self.as_advisor(repair).action_estimate_approved()

    def test_nobody_writes_the_answer_by_hand(self):
        repair = self.make_order()
        self.as_advisor(repair).action_send_estimate()
        with self.assertRaises(AccessError):
            repair.with_user(self.service_manager).estimate_state = "approved"
        with self.assertRaises(AccessError):
            repair.estimate_ids.with_user(self.service_manager).state = "approved"
        with self.assertRaises(AccessError):
            repair.with_user(self.technician).action_send_estimate()
        with self.assertRaises(AccessError):
            repair.with_user(self.technician).action_estimate_approved()

    def test_empty_order_has_nothing_to_estimate(self):
        with self.assertRaises(UserError):
            self.as_advisor(self.make_order(labor=[])).action_send_estimate()

    def test_estimate_tells_the_price_with_tax(self):
        tax = self.env["account.tax"].create(
            {"name": "13%", "amount": 13, "company_id": self.branch.id}
        )
        part = self.make_part("Lamp", 100, taxes_id=[(6, 0, tax.ids)])
        repair = self.make_order(labor=[], parts=[(part, 2)])
        self.as_advisor(repair).action_send_estimate()
        estimate = repair.estimate_ids
        self.assertEqual((estimate.amount, estimate.amount_tax), (226, 26))
