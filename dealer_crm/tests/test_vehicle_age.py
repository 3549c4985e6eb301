# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from itertools import product

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..tools.vehicle_age import age_band, full_years
from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVehicleAge(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_customer()

    def make_owned(self, bought, **values):
        values.setdefault("company_id", self.branch.id)
        return self.make_car(owner_id=self.owner.id, purchase_date=bought, **values)

    def run_cron(self):
        cron = self.env.ref("dealer_crm.ir_cron_update_age_band")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_full_years(self):
        cases = (
            ((date(2024, 3, 10), TODAY), 2),
            ((date(2024, 3, 11), TODAY), 1),
            ((date(2024, 2, 29), date(2025, 2, 28)), 0),
            ((date(2024, 2, 29), date(2025, 3, 1)), 1),
            ((date(2027, 1, 1), TODAY), 0),
            ((None, TODAY), None),
        )
        for given, years in cases:
            with self.subTest(given=given):
                self.assertEqual(full_years(*given), years)

    def test_bands_at_their_edges(self):
        past, ahead = date(2026, 3, 9), date(2026, 3, 10)
        cases = (
            (("warranty", TODAY, date(2025, 3, 10), ahead), "in_warranty"),
            (("warranty", TODAY, date(2025, 3, 10), past), "2_5"),
            (
                ("warranty", TODAY, date(2025, 3, 10), ahead, 60000, 60000),
                "in_warranty",
            ),
            (("warranty", TODAY, date(2025, 3, 10), ahead, 60000, 60001), "2_5"),
            (("warranty", TODAY, date(2021, 3, 10), None), "2_5"),
            (("warranty", TODAY, date(2021, 3, 9), None), "over_5"),
            (("warranty", TODAY, None, None), ""),
            (("age", TODAY, date(2024, 3, 11), past), "under_2"),
            (("age", TODAY, date(2024, 3, 10), ahead), "2_5"),
            (("age", TODAY, date(2021, 3, 10)), "2_5"),
            (("age", TODAY, date(2021, 3, 9)), "over_5"),
            (("age", date(2028, 2, 29), date(2023, 2, 28)), "2_5"),
        )
        for given, band in cases:
            with self.subTest(given=given):
                self.assertEqual(age_band(*given), band)

    def test_car_of_two_years_and_a_day_leaves_the_warranty_band_by_the_job(self):
        with freeze_time("2026-03-08 04:00:00"):
            car = self.make_owned("2024-03-09", warranty_end_date="2026-03-09")
            self.assertEqual(car.age_band, "in_warranty")
        self.run_cron()
        self.assertEqual(car.age_band, "2_5")
        self.assertEqual(car.age_years, 2)

    def test_age_alone_moves_at_two_years_whatever_the_warranty(self):
        car = self.make_owned("2024-03-09", warranty_end_date="2029-03-09")
        young = self.make_owned("2024-03-11", warranty_end_date="2025-01-01")
        self.assertEqual(car.age_band, "in_warranty")
        self.branch.vehicle_age_mode = "age"
        self.assertEqual((car.age_band, young.age_band), ("2_5", "under_2"))
        self.branch.vehicle_age_mode = "warranty"
        self.assertEqual((car.age_band, young.age_band), ("in_warranty", "2_5"))

    def test_dates_move_the_band_at_once(self):
        car = self.make_owned("2025-03-10", warranty_end_date="2028-03-10")
        car.with_user(self.consultant).warranty_end_date = "2026-01-01"
        self.assertEqual(car.age_band, "2_5")
        car.with_user(self.consultant).purchase_date = "2019-01-01"
        self.assertEqual(car.age_band, "over_5")
        car.write({"purchase_date": False, "warranty_end_date": False})
        self.assertFalse(car.age_band)

    def test_kilometres_beyond_the_limit_end_the_warranty_over_night(self):
        car = self.make_owned(
            "2025-03-10", warranty_end_date="2028-03-10", warranty_end_odometer=60000
        )
        car.odometer = 60000
        self.run_cron()
        self.assertEqual(car.age_band, "in_warranty")
        car.odometer = 60001
        self.run_cron()
        self.assertEqual(car.age_band, "2_5")

    def test_reading_to_be_checked_does_not_count(self):
        car = self.make_owned(
            "2025-03-10", warranty_end_date="2028-03-10", warranty_end_odometer=60000
        )
        readings = self.env["fleet.vehicle.odometer"]
        readings.create({"vehicle_id": car.id, "value": 50000, "date": "2026-03-09"})
        readings.create({"vehicle_id": car.id, "value": 90000, "date": "2026-03-01"})
        self.run_cron()
        self.assertEqual(car.age_band, "in_warranty")

    def test_resale_does_not_make_a_car_young(self):
        car = self.make_owned("2017-05-01", warranty_end_date=False)
        buyer = self.make_customer("Second Owner")
        car.with_user(self.manager).write(
            {"owner_id": buyer.id, "purchase_date": "2026-03-01"}
        )
        self.assertEqual(str(car.first_purchase_date), "2017-05-01")
        self.assertEqual((car.age_years, car.age_band), (8, "over_5"))

    def test_stock_and_company_cars_have_no_band(self):
        stock = self.make_car(trade_state="in_stock", purchase_date="2020-01-01")
        own = self.make_car(trade_state=False, purchase_date="2020-01-01")
        self.run_cron()
        self.assertFalse(stock.age_band)
        self.assertFalse(own.age_band)

    def test_each_branch_has_its_own_day(self):
        self.other_branch.partner_id.tz = "America/Los_Angeles"
        owner = self.make_customer("Far Owner", company_id=self.other_branch.id)
        values = {"warranty_end_date": "2026-03-09"}
        here = self.make_owned("2024-03-09", **values)
        there = self.make_car(
            owner_id=owner.id,
            purchase_date="2024-03-09",
            company_id=self.other_branch.id,
            **values,
        )
        self.run_cron()
        self.assertEqual((here.age_band, there.age_band), ("2_5", "in_warranty"))

    def test_job_and_form_judge_alike(self):
        bought = (False, "2020-01-01", "2021-03-09", "2021-03-10", "2024-03-10")
        ends = (False, "2026-03-09", "2026-03-10", "2027-01-01")
        cars = self.env["fleet.vehicle"]
        for day, end, (limit, km) in product(
            bought, ends, ((0, 10), (1000, 1000), (1000, 1001))
        ):
            car = self.make_owned(day)
            car.write({"warranty_end_date": end, "warranty_end_odometer": limit})
            car.odometer = km
            cars |= car
        for mode in ("warranty", "age"):
            self.branch.vehicle_age_mode = mode
            self.env["fleet.vehicle"]._update_age_band()
            expected = [c._get_age_band(self.branch, TODAY) for c in cars]
            self.assertEqual([c.age_band or "" for c in cars], expected)

    def test_job_run_in_pieces_and_twice_gives_the_same(self):
        with freeze_time("2020-01-01 04:00:00"):
            cars = self.env["fleet.vehicle"].union(
                *(self.make_owned("2019-05-01") for _index in range(5))
            )
            self.env.flush_all()
        pieces = []
        while moved := cars._update_age_band(limit=2):
            pieces.append(moved)
        self.assertGreaterEqual(len(pieces), 3)
        self.assertEqual(set(cars.mapped("age_band")), {"over_5"})
        self.assertEqual(cars._update_age_band(), 0)

    def test_age_is_found_by_years(self):
        cars = {
            day: self.make_owned(day)
            for day in ("2026-03-10", "2024-03-11", "2024-03-10", "2021-03-10")
        }
        cars[False] = self.make_owned(False)
        cars[False].purchase_date = False
        cars[False].party_ids.date_from = False
        ids = [car.id for car in cars.values()]
        for operator, value, years in (
            (">=", 2, {2, 5}),
            (">", 2, {5}),
            ("<", 2, {0, 1}),
            ("<=", 2, {0, 1, 2}),
            ("=", 1, {1}),
            ("in", [0, 5], {0, 5}),
        ):
            found = self.env["fleet.vehicle"].search(
                [("id", "in", ids), ("age_years", operator, value)]
            )
            with self.subTest(operator=operator, value=value):
                self.assertEqual(set(found.mapped("age_years")), years)
                self.assertNotIn(cars[False], found)

    def test_clients_do_not_set_the_age(self):
        car = self.make_owned("2017-05-01")
        for values in (
            {"age_band": "in_warranty"},
            {"first_purchase_date": "2026-01-01"},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                car.with_user(self.director).write(values)
        new = self.env["fleet.vehicle"].with_user(self.director)
        new = new.with_context(default_age_band="in_warranty").create(
            {"model_id": self.car_model.id, "trade_state": "in_stock"}
        )
        self.assertFalse(new.age_band)

    def test_cost_of_the_job_does_not_grow(self):
        self.env["fleet.vehicle"]._update_age_band()  # the branches are read
        costs = []
        for count in (5, 50):
            with freeze_time("2020-01-01 04:00:00"):
                for _index in range(count):
                    self.make_owned("2019-05-01", warranty_end_odometer=1000)
                self.env.flush_all()
            before = self.env.cr.sql_log_count
            moved = self.env["fleet.vehicle"]._update_age_band()
            self.assertGreaterEqual(moved, count)
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
