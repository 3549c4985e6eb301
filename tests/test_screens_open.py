# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every menu of the suite opens for every role that is offered it.

New menus are covered as soon as they exist. dealer_crm tests its own roles alone; here
stand all roles on all addons, with the records of a working day and without any.
"""

import sys
from pathlib import Path

from odoo.addons.dealer_crm.tests.common import DealerCrmCase
from odoo.addons.dealer_crm.tests.test_actions_open import Client
from odoo.tests import tagged

sys.path.insert(0, str(Path(__file__).resolve().parent))

from common import ScenarioCase


class SuiteClient(Client):
    """The scenarios' ``call`` logs telephone calls; the client means its requests."""

    def call(self, method, *args, **kwargs):
        records = self.case.env[self.model].with_context(**self.context)
        return DealerCrmCase.call(
            self.case, self.user, records, method, *args, **kwargs
        )


@tagged("post_install", "-at_install")
class TestScreensOpen(ScenarioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env.ref("dealer_crm.module_category_dealership")
        roles = cls.env["res.groups"].search(
            [("privilege_id.category_id", "=", category.id)]
        )
        cls.roles = roles | cls.env.ref("dealer_crm.group_dealer_user")

    def make_staff(self, company):
        names = self.roles.get_external_id()
        return [
            self.make_user(f"{company.id}_{role.id}", names[role.id], company)
            for role in self.roles
        ]

    def fill_day(self):
        """A record of each kind that staff work with."""
        lead = self.make_lead(
            grade_id=self.env.ref("dealer_crm.grade_a").id,
            partner_id=self.customer.id,
            vehicle_id=False,
            next_contact_date="2026-03-11",
        )
        self.make_car(trade_state="in_stock", arrival_date="2026-03-01")
        self.env["dealer.contact"].create({"lead_id": lead.id, "channel": "phone"})
        self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": self.car.id, "value": 900, "date": "2026-03-01"}
        )
        self.make_repair("2026-03-05 04:00:00", advisor_id=self.advisor.id)
        callbacks = self.make_due(3)
        self.answer(callbacks[:1], overall=5)
        self.make_close().action_refresh()

    def get_menus(self, user):
        """(path, action) of each menu the user is offered."""
        root = self.env.ref("dealer_crm.dealer_menu_root")
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        waiting = [(root.id, "")] if root.id in menus else []
        while waiting:
            menu_id, path = waiting.pop()
            menu = menus[menu_id]
            path = f"{path} / {menu['name']}"
            waiting += [(child, path) for child in menu["children"]]
            if menu["action_id"]:
                yield path, menu["action_model"], menu["action_id"]

    def open_menus(self, user):
        """Open all menus as ``user``; the menus' paths."""
        opened = []
        for path, model, action_id in self.get_menus(user):
            with self.subTest(user=user.login, menu=path):
                self.open_menu(user, model, action_id)
            opened.append(path)
        return opened

    def open_menu(self, user, model, action_id):
        action = self.env[model].with_user(user).browse(action_id)
        if model == "ir.actions.server":
            result = action.run()
            if result and result.get("res_id"):
                records = self.env[result["res_model"]].with_user(user)
                records.browse(result["res_id"]).read(["display_name"])
        elif model == "ir.actions.act_window":
            SuiteClient(self, user, action.sudo()._get_action_dict()).open_all()
            for view in action.sudo().view_ids.view_id:
                self.assertTrue(view.exists())

    def test_each_role_opens_each_menu_with_a_days_records(self):
        self.fill_day()
        opened = {
            user.login: set(self.open_menus(user))
            for user in self.make_staff(self.branch)
        }
        self.assertTrue(all(opened.values()))
        general = max(opened.values(), key=len)
        self.assertEqual(general, set().union(*opened.values()))

    def test_each_menu_opens_at_an_empty_branch(self):
        director = self.make_user(
            "head_north", "dealer_crm.group_general_manager", self.other_branch
        )
        self.assertTrue(self.open_menus(director))

    def test_an_accountant_meets_no_menu_of_ours(self):
        clerk = self.make_user("clerk", "account.group_account_manager")
        self.assertFalse(list(self.get_menus(clerk)))
