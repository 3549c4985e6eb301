# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceFile(AftersalesCase):
    """The sales file of a car is its service file from the delivery on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.advisor_two = cls.make_user(
            "advisor_two", "dealer_aftersales.group_service_advisor"
        )
        cls.branch.service_advisor_ids = cls.advisor | cls.advisor_two
        cls.buyer = cls.make_customer("Zhou Buyer")

    def make_stock_car(self, **values):
        return self.make_car(
            trade_state="in_stock", company_id=self.branch.id, **values
        )

    def deliver(self, car, user=None, **values):
        car.with_user(user or self.consultant).write(
            {"trade_state": "customer", "owner_id": self.buyer.id, **values}
        )

    def service_cars(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.fleet_vehicle_action_service"
        )
        cars = self.env["fleet.vehicle"].with_user(self.advisor)
        return cars.search(literal_eval(action["domain"]))

    def test_delivered_car_is_in_the_workshop_with_owner_and_advisor(self):
        car = self.make_stock_car()
        self.assertNotIn(car, self.service_cars())
        cards = self.env["fleet.vehicle"].search_count([])
        self.deliver(car)
        self.assertIn(car, self.service_cars())
        self.assertEqual(car.owner_id, self.buyer)
        self.assertIn(car.advisor_id, self.advisor | self.advisor_two)
        self.assertEqual(str(car.service_file_date), "2026-03-10")
        self.assertIn(car.advisor_id.name, car.message_ids[0].body)
        self.assertEqual(self.env["fleet.vehicle"].search_count([]), cards)

    def test_owner_named_after_the_delivery_opens_the_file_too(self):
        car = self.make_stock_car()
        car.with_user(self.manager).trade_state = "customer"
        self.assertFalse(car.service_file_date)
        car.with_user(self.manager).owner_id = self.buyer
        self.assertTrue(car.service_file_date)
        self.assertTrue(car.advisor_id)

    def test_cars_of_one_delivery_are_shared_evenly(self):
        cars = self.env["fleet.vehicle"].union(
            *(self.make_stock_car() for _index in range(6))
        )
        self.deliver(cars)
        counts = [len(c) for c in cars.grouped("advisor_id").values()]
        self.assertEqual(counts, [3, 3])

    def test_fewest_new_files_come_first_and_old_ones_do_not_count(self):
        for _index in range(2):
            self.deliver(self.make_stock_car(advisor_id=self.advisor.id))
        old = self.make_stock_car(advisor_id=self.advisor_two.id)
        with freeze_time("2025-06-01 04:00:00"):
            self.deliver(old)
        car = self.make_stock_car()
        self.deliver(car)
        self.assertEqual(car.advisor_id, self.advisor_two)

    def test_chosen_advisor_stays_and_can_be_changed(self):
        car = self.make_stock_car()
        self.deliver(car, advisor_id=self.service_manager.id)
        self.assertEqual(car.advisor_id, self.service_manager)
        car.with_user(self.service_manager).advisor_id = self.advisor
        self.assertEqual(car.advisor_id, self.advisor)

    def test_without_a_list_all_advisors_of_the_branch_take_turns(self):
        self.branch.service_advisor_ids = False
        advisors = self.branch._get_service_advisors()
        self.assertIn(self.advisor, advisors)
        self.assertNotIn(self.service_manager, advisors)
        self.assertNotIn(self.technician, advisors)
        self.advisor.active = False
        self.assertNotIn(self.advisor, self.branch._get_service_advisors())
        self.assertFalse(self.other_branch._get_service_advisors())

    def test_branch_without_advisors_still_opens_the_file(self):
        car = self.make_car(trade_state="in_stock", company_id=self.other_branch.id)
        self.other_branch.service_advisor_ids = False
        buyer = self.make_customer("North Buyer", company_id=self.other_branch.id)
        car.write({"trade_state": "customer", "owner_id": buyer.id})
        self.assertTrue(car.service_file_date)
        self.assertFalse(car.advisor_id)

    def test_returned_car_closes_its_file(self):
        car = self.make_stock_car()
        self.deliver(car)
        car.with_user(self.manager).write({"trade_state": "in_stock"})
        self.assertFalse(car.service_file_date)

    def test_day_of_the_file_is_not_typed(self):
        car = self.make_stock_car()
        for user in (self.advisor, self.director):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                car.with_user(user).write({"service_file_date": "2026-01-01"})
        cars = self.env["fleet.vehicle"].with_user(self.director)
        new = cars.with_context(default_service_file_date="2020-01-01").create(
            {"model_id": self.car_model.id, "trade_state": "in_stock"}
        )
        self.assertFalse(new.service_file_date)

    def test_take_over_of_a_list_gives_nobody_new_files(self):
        car, texts = self.enter_by_import(
            self.service_manager,
            "fleet.vehicle",
            {
                "vin_sn": self.next_vin(),
                "model_id": self.car_model.display_name,
                "owner_id": self.buyer.ref,
                "origin": "own_sale",
            },
            default_trade_state="customer",
            import_file=True,
        )
        self.assertFalse(texts)
        self.assertFalse(car.advisor_id)

    def test_cost_of_a_delivery_does_not_grow_with_the_service_files(self):
        costs = []
        for _round in range(3):
            car = self.make_stock_car()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.deliver(car)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
            self.deliver(self.make_stock_car() | self.make_stock_car())
        self.assertLessEqual(costs[2], costs[1])
