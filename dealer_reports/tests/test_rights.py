# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from lxml import etree
from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestRights(ReportsCase):
    def test_staff_without_the_role_reads_no_report(self):
        close = self.make_close()
        for user in (self.consultant, self.advisor, self.technician):
            with self.assertRaises(AccessError):
                close.with_user(user).read(["month"])
        with self.assertRaises(AccessError):
            self.env["dealer.callback.answer"].with_user(self.technician).search([])

    def test_other_branch_sees_nothing(self):
        self.answer(self.make_due(1), overall=5)
        close = self.make_close()
        close.action_refresh()
        for model in (
            "dealer.month.close",
            "dealer.kpi.value",
            "dealer.callback.answer",
        ):
            found = self.env[model].with_user(self.care_north).search([])
            self.assertNotIn(self.branch, found.company_id, model)
            self.assertTrue(self.env[model].with_user(self.care).search([]), model)
        with self.assertRaises(AccessError):
            close.with_user(self.care_north).read(["month"])

    def test_figures_do_not_depend_on_the_reader(self):
        self.make_due(5)
        action = (
            self.env["dealer.month.close"]
            .with_user(self.care)
            ._open_month(self.branch, self.month, "callback_monthly")
        )
        close = self.env["dealer.month.close"].browse(action["res_id"])
        self.assertEqual(self.figure(close, "due").numerator, 5)

    def test_care_opens_pages_back_and_forth(self):
        model = self.env["dealer.month.close"].with_user(self.care)
        action = model.action_open_report()
        march = model.browse(action["res_id"])
        self.assertEqual(str(march.month), "2026-03-01")
        february = model.browse(march.action_previous_month()["res_id"])
        self.assertEqual(february.month, self.month)
        self.assertEqual(february.action_next_month()["res_id"], march.id)

    def test_only_managers_edit_the_registry(self):
        kpi = self.env.ref("dealer_reports.kpi_callback_due")
        with self.assertRaises(AccessError):
            kpi.with_user(self.care).write({"target": 1})
        kpi.with_user(self.service_manager).write({"target": 1})

    def test_menu_actions_open_for_their_roles(self):
        """With data and without: views load and their fields can be read."""
        self.answer(self.make_due(1), overall=5)
        self.make_close().action_refresh()
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref("dealer_crm.dealer_menu_reports").id)]
        )
        for user in (self.care, self.service_manager, self.director, self.consultant):
            visible = menus.with_user(user)._filter_visible_menus()
            for menu in visible.filtered(
                lambda m: m.action and m.action._name == "ir.actions.act_window"
            ):
                self.open_action(menu.action.sudo(), user)

    def open_action(self, action, user):
        model = self.env[action.res_model].with_user(user)
        views = model.get_views([(view[0], view[1]) for view in action.views])
        names = set()
        for kind, view in views["views"].items():
            arch = etree.fromstring(view["arch"])
            names |= {node.get("name") for node in arch.iter("field")}
            self.assertTrue(names, (action.name, kind))
        known = views["models"][action.res_model]["fields"]
        spec = {name: {} for name in names & known.keys()}
        model.web_search_read(literal_eval(action.domain or "[]"), spec, limit=5)
