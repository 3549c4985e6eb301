# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.dealer_crm.hooks import uninstall_hook
from odoo.tests import tagged

from .common import DealerCrmCase

REPORTS = ("fleet.vehicle.cost.report", "fleet.vehicle.odometer.report")


@tagged("post_install", "-at_install")
class TestFleetReports(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        owner = cls.make_customer()
        cls.customers_car = cls.make_car(owner_id=owner.id)
        cls.company_car = cls.env["fleet.vehicle"].create(
            {"model_id": cls.car_model.id, "acquisition_date": "2025-11-01"}
        )
        service = cls.env["fleet.service.type"].create(
            {"name": "Tyres", "category": "service"}
        )
        for car in cls.customers_car | cls.company_car:
            cls.env["fleet.vehicle.log.contract"].create(
                {
                    "vehicle_id": car.id,
                    "cost_frequency": "monthly",
                    "cost_generated": 100,
                    "start_date": "2025-11-01",
                    "expiration_date": "2026-02-01",
                }
            )
            cls.env["fleet.vehicle.log.services"].create(
                {
                    "vehicle_id": car.id,
                    "service_type_id": service.id,
                    "amount": 70,
                    "date": "2025-12-24",
                }
            )
            cls.env["fleet.vehicle.odometer"].create(
                [
                    {"vehicle_id": car.id, "date": "2025-11-11", "value": 100},
                    {"vehicle_id": car.id, "date": "2025-12-11", "value": 900},
                ]
            )
        cls.env.flush_all()

    def get_cars(self, model):
        return self.env[model].search([]).vehicle_id

    def test_reports_of_fleet_are_about_company_cars(self):
        for model in REPORTS:
            with self.subTest(model=model):
                cars = self.get_cars(model)
                self.assertIn(self.company_car, cars)
                self.assertFalse(cars.filtered("trade_state"))

    def test_company_cars_have_the_figures_of_core(self):
        def figures():
            self.env.invalidate_all()
            costs = self.env[REPORTS[0]]._read_group(
                [("vehicle_id", "=", self.company_car.id)],
                ["cost_type", "date_start:month"],
                ["cost:sum"],
            )
            values = self.env[REPORTS[1]]._read_group(
                [("vehicle_id", "=", self.company_car.id)],
                ["recorded_date:month"],
                ["odometer_value:sum"],
            )
            return costs, values

        ours = figures()
        self.assertTrue(any(row[2] for row in ours[0]))
        uninstall_hook(self.env)  # core's own views
        self.assertIn(self.customers_car, self.get_cars(REPORTS[0]))
        core_costs, core_values = figures()
        # core's contract months begin with the oldest car of all
        self.assertEqual(
            [row for row in ours[0] if row[2]], [row for row in core_costs if row[2]]
        )
        self.assertEqual(ours[1], core_values)
