# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestServiceStateRights(AftersalesCase):
    """Who brings an order where, and who changes what on it (domain.md 15)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls.make_repair(
            labor_ids=[
                Command.create(
                    {"name": "Oil", "technician_id": cls.technician.id, "hours": 1}
                )
            ]
        )
        cls.other_technician = cls.make_user(
            "technician_two", "dealer_aftersales.group_technician"
        )

    def test_technician_starts_and_checks_his_work(self):
        repair = self.repair.with_user(self.technician)
        repair.action_start_work()
        repair.action_check()
        self.assertEqual(self.repair.service_state, "quality_check")

    def test_technician_agrees_nothing_with_customers(self):
        repair = self.repair.with_user(self.technician)
        for go in (
            repair.action_approve,
            repair.action_ready,
            repair.action_deliver,
            repair.action_repair_cancel,
            repair.action_validate,
            lambda: repair.write({"service_state": "approved"}),
            lambda: repair.write({"state": "done"}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                go()
        self.assertEqual(self.repair.service_state, "received")

    def test_technician_writes_lines_but_no_money_and_no_promise(self):
        repair = self.repair.with_user(self.technician)
        repair.labor_ids.hours = 2
        repair.concern_ids = [Command.create({"name": "Brakes squeal"})]
        for values in (
            {"date_promised": "2026-03-11 04:00:00"},
            {"partner_id": self.make_customer("Sun Other").id},
            {"advisor_id": self.technician.id},
            {"labor_ids": [Command.update(repair.labor_ids.id, {"price_unit": 1})]},
            {"labor_ids": [Command.create({"name": "Free", "price_unit": 5})]},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                repair.write(values)

    def test_technician_writes_no_order_of_a_colleague(self):
        repair = self.repair.with_user(self.other_technician)
        self.assertTrue(repair.has_access("read"))
        with self.assertRaises(AccessError):
            repair.action_start_work()
        self.repair.labor_ids.technician_id = False
        repair.action_start_work()
        self.assertEqual(self.repair.service_state, "in_work")

    def test_technician_opens_no_order_on_a_car(self):
        repairs = self.env["repair.order"].with_user(self.technician)
        with self.assertRaises(AccessError):
            repairs.create({"vehicle_id": self.car.id})
        with self.assertRaises(AccessError):
            repairs.with_context(default_vehicle_id=self.car.id).create({})

    def test_advisor_and_manager_bring_the_order_everywhere(self):
        for user in (self.advisor, self.service_manager, self.director):
            repair = self.make_repair().with_user(user)
            repair.action_start_work()
            repair.action_ready()
            repair.action_deliver()
            self.assertEqual(repair.service_state, "delivered")

    def test_others_read_only(self):
        for user in (self.care, self.consultant):
            repair = self.repair.with_user(user)
            self.assertEqual(repair.service_state, "received")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                repair.write({"service_state": "in_work"})

    def test_second_person_declares_ready_where_the_branch_asks_for_it(self):
        self.repair.labor_ids.technician_id = self.advisor
        self.repair.action_check()
        self.branch.repair_check_by_other = True
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.repair.with_user(self.advisor).action_ready()
        self.repair.with_user(self.service_manager).action_ready()
        self.assertEqual(self.repair.service_state, "ready")
