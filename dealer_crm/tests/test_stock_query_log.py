# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, DealerCrmCase

ASKED = {"dealer_stock_query": True}
STATES = ["ordered", "in_transit", "in_stock", "allocated", "demo", "sold"]


@tagged("post_install", "-at_install")
class TestStockQueryLog(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_car(trade_state="in_stock", color="Pearl")
        cls.make_car(trade_state="in_stock", color="Pearl")
        cls.stock = cls.env["fleet.vehicle"].with_context(**ASKED)
        cls.base = [("trade_state", "in", STATES)]

    def query(
        self, *domain, user=None, method="web_search_read", args=({"color": {}},)
    ):
        user = user or self.consultant
        return self.call(
            user, self.stock, method, [*self.base, *domain], *args, context=ASKED
        )

    def get_log(self):
        return self.env["dealer.stock.query.log"].search(
            [("user_id", "=", self.consultant.id)], order="id"
        )

    def test_two_queries_are_two_lines(self):
        self.query(("color", "ilike", "Pearl"))
        self.query(("model_id", "=", self.car_model.id), ("color", "=", "Green"))
        self.assertEqual(
            [(line.terms, line.result_count) for line in self.get_log()],
            [
                ("Color: Pearl", 2),
                ("Model: Testbrand/Lavida T, Color: Green", 0),
            ],
        )
        self.assertEqual(self.get_log().company_id, self.branch)

    def test_grouped_list_is_a_query_too(self):
        self.query(
            ("color", "=", "Pearl"),
            method="web_read_group",
            args=(["model_id"], ["__count"]),
        )
        self.assertEqual(self.get_log().result_count, 2)

    def test_opening_the_list_paging_and_other_lists_leave_no_line(self):
        self.query()
        self.call(
            self.consultant,
            self.stock,
            "web_search_read",
            [*self.base, ("color", "=", "Pearl")],
            {"color": {}},
            offset=1,
            context=ASKED,
        )
        self.call(
            self.consultant,
            "fleet.vehicle",
            "web_search_read",
            [("color", "=", "Pearl")],
            {"color": {}},
        )
        self.assertFalse(self.get_log())

    def test_consultant_cannot_touch_the_log_manager_reads_it(self):
        self.query(("color", "=", "Pearl"))
        line = self.get_log()
        for method, args in (
            ("unlink", (line.ids,)),
            ("write", (line.ids, {"terms": "x"})),
            ("read", (line.ids, ["terms"])),
            ("create", ([{"terms": "x"}],)),
        ):
            with self.assertRaises(AccessError):
                self.call(self.consultant, line.browse(), method, *args)
        self.assertEqual(line.with_user(self.manager).terms, "Color: Pearl")
        for method, args in (("unlink", (line.ids,)), ("write", (line.ids, {}))):
            with self.assertRaises(AccessError):
                self.call(self.director, line.browse(), method, *args)

    def test_a_broken_log_never_blocks_the_search(self):
        log = self.env.registry["dealer.stock.query.log"]
        with (
            patch.object(log, "create", side_effect=ValueError("full")),
            mute_logger("odoo.addons.dealer_crm.models.fleet_vehicle_stock_query"),
        ):
            result = self.query(("color", "=", "Pearl"))
        self.assertEqual(result["length"], 2)

    def test_search_on_a_replica_is_logged_past_it(self):
        used = []

        @contextmanager
        def cursor(*_args, **_kwargs):
            used.append(True)
            yield self.env.cr

        car = self.stock.with_user(self.consultant)
        with (
            patch.object(type(self.env.registry), "cursor", cursor),
            patch.object(type(self.env.cr), "readonly", True),
        ):
            car._log_stock_query([("color", "=", "Pearl")], 7)
        self.assertTrue(used)
        self.assertEqual(self.get_log().result_count, 7)

    @freeze_time(NOW)
    def test_old_lines_are_forgotten_by_the_branch_setting(self):
        self.branch.stock_query_log_days = 30
        logs = self.env["dealer.stock.query.log"]
        values = {"user_id": self.consultant.id, "company_id": self.branch.id}
        old, new = logs.create(
            [
                {**values, "date": "2026-02-08 03:59:59"},
                {**values, "date": "2026-02-08 04:00:01"},
            ]
        )
        logs._gc_stock_queries()
        self.assertEqual((old | new).exists(), new)

    def test_purchase_list_is_for_managers_and_accountants(self):
        action = self.env.ref("dealer_crm.fleet_vehicle_action_purchase")
        accountant = self.make_user("bookkeeper", "account.group_account_invoice")
        menus = self.env["ir.ui.menu"]
        sales = self.env.ref("dealer_crm.fleet_vehicle_menu_purchase")
        ledger = self.env.ref("dealer_crm.fleet_vehicle_menu_purchase_accounting")
        for user, menu in ((self.manager, sales), (accountant, ledger)):
            self.assertIn(menu.id, menus.with_user(user)._visible_menu_ids())
            views = [(view.view_id.id, view.view_mode) for view in action.view_ids]
            data = self.call(user, "fleet.vehicle", "get_views", views)
            for kind in ("list", "form"):
                self.assertIn("purchase_cost", data["views"][kind]["arch"])
        seen = menus.with_user(self.consultant)._visible_menu_ids()
        self.assertFalse({sales.id, ledger.id} & set(seen))
        car = self.make_car(trade_state="in_stock").with_user(accountant)
        view = self.env.ref("dealer_crm.fleet_vehicle_view_form_purchase")
        self.assertEqual(car.get_formview_id(), view.id)
