# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

COST_FIELDS = (
    "purchase_cost",
    "supplier_id",
    "purchase_order_number",
    "purchase_order_date",
    "vendor_bill_id",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleStock(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.env["fleet.vehicle"].create(
            [
                {
                    "model_id": cls.car_model.id,
                    "vin_sn": cls.next_vin(),
                    "trade_state": state,
                    "arrival_date": arrived,
                    "eta_date": expected,
                    "purchase_cost": 90000,
                    "color": color,
                }
                for state, arrived, expected, color in (
                    ("in_stock", "2026-01-29", False, "White"),  # 40 days ago
                    ("in_stock", "2026-03-10", False, "White"),
                    ("in_transit", False, "2026-03-09", "Black"),  # late
                    ("ordered", False, "2026-03-10", "Black"),  # due today
                    ("customer", "2025-01-01", False, "Black"),
                )
            ]
        )
        cls.old, cls.new, cls.late, cls.due, cls.gone = cls.stock
        cls.accountant = cls.make_user("accountant", "account.group_account_invoice")

    def search_stock(self, *domain, user=None):
        cars = self.env["fleet.vehicle"].with_user(user or self.consultant)
        return cars.search([("id", "in", self.stock.ids), *domain])

    def test_arrival_40_days_ago_is_40_days_in_stock(self):
        self.assertEqual(self.stock.mapped("days_in_stock"), [40, 0, 0, 0, 0])

    def test_days_are_searched_with_every_comparison(self):
        for operator, days, expected in (
            (">", 30, self.old),
            (">", 40, self.browse()),
            (">=", 40, self.old),
            ("=", 40, self.old),
            ("<", 40, self.new),
            ("<=", 40, self.old | self.new),
            ("in", [0, 40], self.old | self.new),
        ):
            with self.subTest(operator=operator, days=days):
                found = self.search_stock(("days_in_stock", operator, days))
                self.assertEqual(found, expected)

    def browse(self):
        return self.env["fleet.vehicle"]

    def test_expected_yesterday_and_not_here_is_late(self):
        self.assertEqual(self.search_stock(("is_late", "=", True)), self.late)
        self.assertEqual(
            self.search_stock(("is_late", "=", False)), self.stock - self.late
        )
        self.assertEqual(self.stock.filtered("is_late"), self.late)

    def test_arrival_ends_the_waiting(self):
        self.late.with_user(self.consultant).action_arrive()
        self.assertRecordValues(
            self.late,
            [{"trade_state": "in_stock", "is_late": False, "days_in_stock": 0}],
        )
        self.due.with_user(self.consultant).arrival_date = "2026-03-08"
        self.assertEqual(self.due.trade_state, "in_stock")

    def test_model_and_colour_count_the_cars_in_stock(self):
        action = self.env.ref("dealer_crm.fleet_vehicle_action_stock")
        states = ("ordered", "in_transit", "in_stock", "allocated", "demo", "sold")
        self.assertIn(str(states), action.domain)
        found = self.search_stock(
            ("trade_state", "in", states),
            ("model_id", "=", self.car_model.id),
            ("color", "=", "White"),
        )
        self.assertEqual(found, self.old | self.new)

    def test_consultant_cannot_reach_the_purchase_data(self):
        cars = self.env["fleet.vehicle"]
        for name in COST_FIELDS:
            with self.subTest(field=name):
                for method, args in (
                    ("read", (self.old.ids, [name])),
                    ("search_read", ([], [name])),
                    ("search", ([(name, "!=", False)],)),
                    ("export_data", (self.old.ids, [name])),
                    ("web_read", (self.old.ids, {name: {}})),
                    ("write", (self.old.ids, {name: False})),
                ):
                    # an export is refused as such, with a plain UserError
                    with self.assertRaises(UserError):
                        self.call(self.consultant, cars, method, *args)
                self.assertNotIn(name, self.call(self.consultant, cars, "fields_get"))
        for groupby, aggregates in (
            (["purchase_cost"], ["__count"]),
            (["model_id"], ["purchase_cost:sum"]),
        ):
            with self.assertRaises(AccessError):
                self.call(
                    self.consultant,
                    cars,
                    "formatted_read_group",
                    [],
                    groupby,
                    aggregates,
                )
        with self.assertRaises(AccessError):
            self.call(self.consultant, cars, "search", [], order="purchase_cost")

    def test_manager_and_accountant_read_the_cost(self):
        cars = self.env["fleet.vehicle"]
        for user in (self.manager, self.director, self.accountant):
            with self.subTest(user=user.name):
                rows = self.call(user, cars, "read", self.old.ids, list(COST_FIELDS))
                self.assertEqual(rows[0]["purchase_cost"], 90000)

    def test_accountant_only_reads(self):
        with self.assertRaises(AccessError):
            self.old.with_user(self.accountant).write({"purchase_cost": 1})
        company_car = self.env["fleet.vehicle"].create({"model_id": self.car_model.id})
        found = self.env["fleet.vehicle"].with_user(self.accountant).search([])
        self.assertNotIn(company_car, found)

    def test_list_costs_the_same_for_5_and_50_cars(self):
        spec = {
            name: {}
            for name in (
                "vin_sn",
                "color",
                "odometer",
                "days_in_stock",
                "is_late",
                "allocated_to",
                "price_total",
                "trade_state",
            )
        } | {
            name: {"fields": {"display_name": {}}}
            for name in ("model_id", "option_ids")
        }
        option = self.env["dealer.vehicle.option"].create({"name": "Roof", "price": 5})
        self.env["fleet.vehicle"].create(
            [
                {
                    "model_id": self.car_model.id,
                    "vin_sn": self.next_vin(),
                    "trade_state": "in_stock",
                    "option_ids": option.ids,
                }
                for _index in range(50)
            ]
        )
        counts = []
        cars = self.env["fleet.vehicle"].with_user(self.consultant)
        for limit in (5, 5, 50):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            cars.web_search_read(
                [("trade_state", "=", "in_stock")], spec, limit=limit, order="id desc"
            )
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
