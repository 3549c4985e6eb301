# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestVehicleAllocation(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.car = cls.make_car(trade_state="in_stock")
        cls.lead = cls.make_lead(name="Zhao wants a Lavida")
        cls.other_lead = cls.make_lead(user_id=cls.colleague.id)

    def allocate(self, car, lead, user=None):
        wizard = self.env["dealer.vehicle.allocate"].with_user(user or self.consultant)
        wizard.create({"vehicle_id": car.id, "lead_id": lead.id}).action_allocate()

    def test_allocated_car_shows_its_lead(self):
        self.allocate(self.car, self.lead)
        self.assertRecordValues(
            self.car,
            [
                {
                    "trade_state": "allocated",
                    "is_allocated": True,
                    "allocated_lead_id": self.lead.id,
                    "allocated_by_id": self.consultant.id,
                }
            ],
        )
        own = self.car.with_user(self.consultant)
        self.assertEqual(own.allocated_to, "Zhao wants a Lavida")
        self.assertEqual(own.action_view_allocation()["res_id"], self.lead.id)

    def test_who_may_not_read_the_lead_sees_only_that_the_car_is_taken(self):
        self.allocate(self.car, self.lead)
        seen = self.car.with_user(self.colleague)
        self.assertEqual(seen.allocated_to, "Another customer")
        self.assertTrue(seen.is_allocated)
        with self.assertRaises(AccessError):
            seen.action_view_allocation()
        with self.assertRaises(AccessError):
            seen.read(["allocated_lead_id"])

    def test_second_allocation_is_told_who_has_the_car(self):
        self.allocate(self.car, self.lead)
        with self.assert_refused(UserError, "allocated already .Another customer"):
            self.allocate(self.car, self.other_lead, self.colleague)
        self.assertEqual(self.car.allocated_lead_id, self.lead)

    def test_car_held_by_another_transaction_is_refused_at_once(self):
        cars = self.env.registry["fleet.vehicle"]
        with patch.object(cars, "lock_for_update", side_effect=LockError("held")):
            with self.assert_refused(UserError, "by somebody else at this moment"):
                self.allocate(self.car, self.lead)
        self.assertFalse(self.car.is_allocated)

    def test_only_an_own_lead_can_be_served(self):
        with self.assertRaises(AccessError):
            self.allocate(self.car, self.other_lead)

    def test_car_on_its_way_stays_on_its_way(self):
        self.car.trade_state = "in_transit"
        self.allocate(self.car, self.lead)
        self.assertEqual(self.car.trade_state, "in_transit")
        self.car.with_user(self.consultant).action_arrive()
        self.assertEqual(self.car.trade_state, "allocated")

    def test_release_by_colleague_is_refused_by_manager_done(self):
        self.allocate(self.car, self.lead)
        with self.assertRaises(AccessError):
            self.car.with_user(self.colleague).action_release()
        self.car.with_user(self.manager).action_release()
        self.assertRecordValues(
            self.car,
            [
                {
                    "trade_state": "in_stock",
                    "is_allocated": False,
                    "allocated_on": False,
                }
            ],
        )

    def test_customers_car_is_no_car_to_sell(self):
        customer = self.make_customer()
        car = self.make_car(owner_id=customer.id)
        with self.assert_refused(UserError, "no car to sell"):
            self.allocate(car, self.lead)

    def test_allocation_is_not_written_past_the_button(self):
        for user in (self.consultant, self.manager):
            for vals in (
                {"allocated_lead_id": self.lead.id},
                {"allocated_by_id": user.id},
                {"is_allocated": True},
            ):
                with self.assertRaises(AccessError):
                    self.car.with_user(user).write(vals)
        cars = self.env["fleet.vehicle"].with_user(self.manager)
        with self.assertRaises(AccessError):
            cars.create(
                {"model_id": self.car_model.id, "allocated_lead_id": self.lead.id}
            )

    def test_lost_lead_gives_its_car_free(self):
        kept = self.make_car(trade_state="in_stock")
        self.allocate(self.car, self.lead)
        self.allocate(kept, self.other_lead, self.colleague)
        self.lead.with_user(self.consultant).action_set_lost()
        self.assertFalse(self.car.is_allocated)
        self.assertEqual(self.car.trade_state, "in_stock")
        self.assertIn(self.car.display_name, self.lead.message_ids[0].body)
        self.assertEqual(kept.allocated_lead_id, self.other_lead)

    def test_car_of_a_contract_stays_when_the_lead_is_lost(self):
        order = self.env["sale.order"].create({"partner_id": self.make_customer().id})
        self.allocate(self.car, self.lead)
        self.car.sudo().allocated_order_id = order
        self.lead.action_set_lost()
        self.assertEqual(self.car.trade_state, "allocated")
        self.assertEqual(self.car.allocated_order_id, order)
