# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..hooks import (
    CORE_ACTION_DOMAINS,
    FLEET_ACTION_DOMAINS,
    post_init_hook,
    pre_init_hook,
    uninstall_hook,
)
from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestHooks(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actions = {
            cls.env.ref(xmlid): domain for xmlid, domain in FLEET_ACTION_DOMAINS.items()
        }
        cls.core_domains = {
            cls.env.ref(xmlid): CORE_ACTION_DOMAINS.get(xmlid, False)
            for xmlid in FLEET_ACTION_DOMAINS
        }

    def test_fleet_lists_show_company_cars_only(self):
        post_init_hook(self.env)
        company_car = self.make_car(trade_state=False)
        customers_car = self.make_car()
        action = self.env.ref("fleet.fleet_vehicle_action")
        found = self.env["fleet.vehicle"].search(safe_eval(action.domain))
        self.assertIn(company_car, found)
        self.assertNotIn(customers_car, found)

    def test_domains_are_set_and_given_back(self):
        for action, domain in self.core_domains.items():
            action.domain = domain
        post_init_hook(self.env)
        for action, domain in self.actions.items():
            self.assertEqual(action.domain, domain)
        uninstall_hook(self.env)
        for action, domain in self.core_domains.items():
            self.assertEqual(action.domain, domain)

    def test_stages_outlive_the_addon_and_are_found_again(self):
        order = self.env.ref("dealer_crm.stage_order")
        foreign = self.env["crm.stage"].create({"name": "Exported by somebody"})
        foreign.export_data(["id"])
        names = [foreign.get_external_id()[foreign.id], "dealer_crm.stage_order"]
        uninstall_hook(self.env)
        self.assertFalse(self.env.ref("dealer_crm.stage_order", False))
        self.assertTrue(order.exists())
        pre_init_hook(self.env)
        self.assertEqual(self.env.ref(names[1]), order)
        self.assertEqual(self.env.ref(names[0]), foreign)

    def test_parameters_go_with_the_addon(self):
        parameters = self.env["ir.config_parameter"]
        for key in ("dealer_crm.merge_keep_days", "other.merge_keep_days"):
            parameters.set_param(key, "30")
        uninstall_hook(self.env)
        self.assertFalse(parameters.get_param("dealer_crm.merge_keep_days"))
        self.assertEqual(parameters.get_param("other.merge_keep_days"), "30")

    def test_fleet_reports_show_company_cars_only(self):
        post_init_hook(self.env)
        company_car = self.make_car(trade_state=False)
        customers_car = self.make_car()
        for car in company_car + customers_car:
            car.write({"odometer": 100, "acquisition_date": "2025-01-01"})
        self.env.flush_all()
        for report in ("costs", "vehicle_odometer"):
            action = self.env.ref(f"fleet.fleet_{report}_reporting_action")
            found = self.env[action.res_model].search(safe_eval(action.domain))
            self.assertNotIn(customers_car, found.vehicle_id, report)

    def test_domain_of_an_administrator_is_left_alone(self):
        own = "[('active', '=', True)]"
        for action in self.actions:
            action.domain = own
        post_init_hook(self.env)
        uninstall_hook(self.env)
        for action in self.actions:
            self.assertEqual(action.domain, own)

    def test_companies_without_a_ladder_get_the_default_one(self):
        short = self.env.ref("dealer_crm.ladder_short")
        self.branch.grade_ladder_id = False
        self.other_branch.grade_ladder_id = short
        post_init_hook(self.env)
        self.assertEqual(
            self.branch.grade_ladder_id, self.env.ref("dealer_crm.ladder_default")
        )
        self.assertEqual(self.other_branch.grade_ladder_id, short)

    def test_administrator_sees_the_dealership(self):
        admin = self.env.ref("base.user_admin")
        group = self.env.ref("dealer_crm.group_general_manager")
        admin.group_ids -= group
        post_init_hook(self.env)
        self.assertIn(group, admin.group_ids)
