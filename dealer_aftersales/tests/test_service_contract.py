# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestServiceContract(AftersalesCase):
    """Packs of free services: taken on an order, given back, never more than sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.oil = cls.env["product.product"].create(
            {"name": "Oil service", "type": "service", "list_price": 200}
        )
        cls.pack = cls.env["dealer.service.contract.type"].create(
            {
                "name": "Two services",
                "kind": "services",
                "months": 12,
                "service_count": 2,
                "operation_ids": [(6, 0, cls.oil.ids)],
            }
        )
        cls.contract = cls.make_contract()

    @classmethod
    def make_contract(cls, **values):
        values = {"type_id": cls.pack.id, "vehicle_id": cls.car.id} | values
        return cls.env["dealer.service.contract"].create(values)

    def open_order(self):
        repair = self.make_repair(service_kind="maintenance", odometer_in=5000)
        return repair.with_user(self.advisor)

    def take(self, repair):
        hints = [h for h in repair._get_order_hints() if h["code"] == "contract"]
        if hints:
            method = getattr(
                repair.with_context(hint_id=hints[0]["id"]), hints[0]["action"]
            )
            method()
        return bool(hints)

    def test_terms_come_from_the_type(self):
        contract = self.contract
        self.assertTrue(contract.name)
        self.assertEqual(str(contract.date_start), "2026-03-10")
        self.assertEqual(str(contract.date_end), "2027-03-09")
        self.assertEqual(contract.partner_id, self.customer)
        self.assertEqual(contract.service_left, 2)

    def test_third_use_is_charged(self):
        payers = []
        for _visit in range(3):
            repair = self.open_order()
            taken = self.take(repair)
            line = repair.labor_ids or repair._add_labor(product=self.oil)
            payers.append((taken, line.payer, repair.amount_customer > 0))
        self.assertEqual(
            payers,
            [
                (True, "internal", False),
                (True, "internal", False),
                (False, "customer", True),
            ],
        )
        self.assertEqual(
            (self.contract.service_left, self.contract.state), (0, "used_up")
        )

    def test_covered_line_changes_its_payer_and_the_sum_stays(self):
        repair = self.open_order()
        line = repair._add_labor(product=self.oil)
        extra = repair._add_labor(name="Wash", hours=1)
        total = repair.amount_total
        self.take(repair)
        self.assertEqual((line.payer, extra.payer), ("internal", "customer"))
        self.assertEqual(repair.amount_total, total)
        self.assertEqual(repair.amount_internal, line.amount)

    def test_cancelled_order_gives_the_service_back(self):
        repair = self.open_order()
        self.take(repair)
        self.assertEqual(self.contract.service_left, 1)
        repair.action_repair_cancel()
        self.assertEqual(self.contract.service_left, 2)
        self.assertFalse(repair.contract_id)
        self.assertEqual(repair.labor_ids.payer, "customer")

    def test_deleted_order_gives_the_service_back(self):
        repair = self.open_order()
        self.take(repair)
        repair.sudo().unlink()
        self.assertEqual(self.contract.service_left, 2)

    def test_taken_back_by_button(self):
        repair = self.open_order()
        self.take(repair)
        repair.action_release_contract()
        self.assertEqual(
            (self.contract.service_left, self.contract.state), (2, "active")
        )

    def test_last_service_goes_to_one_order_only(self):
        first, second, third = (self.open_order() for _n in range(3))
        self.take(first)
        offered = second._get_contract_offers()
        self.take(third)
        with self.assert_refused(UserError, "No free service is left"):
            second.with_context(hint_id=offered.id).action_use_contract()
        with self.assert_refused(UserError, "no free service is left"):
            self.contract._take(second)

    def test_after_the_end_nothing_is_free(self):
        self.contract.date_end = "2026-03-10"
        self.assertTrue(self.open_order()._get_contract_offers())
        late = self.make_repair(date_in="2026-03-10 17:00:00")
        self.assertFalse(late._get_contract_offers())

    def test_contract_goes_with_the_car_and_a_personal_one_ends(self):
        buyer = self.make_customer("Qian Buyer")
        own = self.pack.copy({"name": "Personal", "is_personal": True})
        personal = self.make_contract(type_id=own.id)
        self.car.owner_id = buyer
        self.assertEqual(self.contract.partner_id, buyer)
        self.assertEqual(
            (personal.state, personal.partner_id), ("ended", self.customer)
        )
        self.car.owner_id = self.customer
        self.assertEqual(personal.state, "active")

    def test_clients_set_no_counts_and_no_state(self):
        contracts = self.env["dealer.service.contract"].with_user(self.advisor)
        for name, value in (("state", "used_up"), ("service_used", -5)):
            with self.assert_refused(AccessError, "state follows"):
                contracts.browse(self.contract.id).write({name: value})
        made = contracts.with_context(default_state="ended").create(
            {"type_id": self.pack.id, "vehicle_id": self.car.id}
        )
        self.assertEqual(made.state, "active")
        order = self.open_order()
        order.contract_id = self.contract
        self.assertFalse(order.contract_id)

    def test_used_contract_cannot_be_deleted(self):
        self.take(self.open_order())
        with self.assert_refused(ValidationError, "cannot be deleted"):
            self.contract.with_user(self.service_manager).unlink()

    def test_job_expires_what_is_over(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_service_contract SET date_start = '2025-01-01',"
            " date_end = '2026-03-09' WHERE id = %s",
            [self.contract.id],
        )
        self.env.invalidate_all()
        contracts = self.env["dealer.service.contract"]
        self.assertEqual(contracts._expire(self.branch), 1)
        self.assertEqual(self.contract.state, "expired")
        self.assertEqual(contracts._expire(self.branch), 0)

    def test_other_branch_sees_nothing(self):
        found = self.env["dealer.service.contract"].with_user(self.care_north)
        self.assertNotIn(self.contract, found.search([]))
