# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import NOW, AftersalesCase

MODULE = "dealer_aftersales"
WINDOW = "ir.actions.act_window"


def get_specification(views, model, arch=None):
    """The fields of a view as the web client asks for them, with their sublists."""
    tree = etree.fromstring(arch) if isinstance(arch, str) else arch
    spec = {}
    for node in tree.iter("field"):
        if any(parent.tag == "field" for parent in node.iterancestors()) and (
            next(p for p in node.iterancestors() if p.tag == "field") is not tree
        ):
            continue
        name = node.get("name")
        field = views["models"][model]["fields"].get(name)
        if not field:
            continue
        spec[name] = {}
        if field["type"] == "many2one":
            spec[name] = {"fields": {"display_name": {}}}
        sub = node.find("list")
        if sub is not None and field["type"] in ("one2many", "many2many"):
            spec[name] = {"fields": get_specification(views, field["relation"], sub)}
    return spec


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRights(AftersalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.advisor_two = cls.make_user("advisor2", f"{MODULE}.group_service_advisor")
        cls.roles = (
            cls.care
            | cls.advisor
            | cls.technician
            | cls.service_manager
            | cls.consultant
            | cls.director
            | cls.care_north
        )
        with freeze_time(NOW):
            cls.callback = cls.make_callback(
                advisor_id=cls.advisor.id,
                concern_ids=[(0, 0, {"name": "It squeaks"})],
                labor_ids=[(0, 0, {"name": "Brakes", "hours": 1, "price_unit": 150})],
            )
            cls.repair = cls.callback.repair_id

    def menus_of(self, user):
        """The window actions behind this addon's menus that the user sees."""
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus.browse(menus._visible_menu_ids())
        own = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.ui.menu")]
        )
        found = visible.filtered(lambda m: m.id in own.mapped("res_id") and m.action)
        actions = [menu.action for menu in found]
        return [action for action in actions if action._name == WINDOW]

    def open_action(self, user, action):
        """What the web client does to show each view of an action."""
        if action._name != "ir.actions.act_window":
            return  # a screen of its own, opened by its own tests
        model = self.env[action.res_model].with_user(user)
        views = model.get_views(
            [*action.sudo().views, (action.sudo().search_view_id.id, "search")],
            {"toolbar": True},
        )
        domain = safe_eval(action.sudo().domain or "[]", {"uid": user.id})
        for kind, view in views["views"].items():
            if kind in ("list", "kanban", "form"):
                spec = get_specification(views, action.res_model, view["arch"])
                model.web_search_read(domain, spec, limit=80)
            if kind == "form":
                fields = list(get_specification(views, action.res_model, view["arch"]))
                if model.has_access("create"):
                    model.default_get(fields)

    def test_each_menu_opens_for_each_role_that_sees_it(self):
        for user in self.roles:
            actions = self.menus_of(user)
            self.assertTrue(actions, user.login)
            for action in actions:
                with self.subTest(user=user.login, action=action.sudo().xml_id):
                    self.open_action(user, action)

    def test_each_menu_opens_without_data(self):
        self.env["dealer.contact"].search([]).unlink()
        self.env["dealer.callback"].search([]).unlink()
        self.env["dealer.callback.policy"].with_context(active_test=False).search(
            []
        ).unlink()
        self.env["dealer.segment"].search([]).unlink()
        self.repair.state = "draft"
        self.repair.unlink()
        for user in self.roles:
            for action in self.menus_of(user):
                with self.subTest(user=user.login, action=action.sudo().xml_id):
                    self.open_action(user, action)

    def test_who_sees_the_list_of_calls(self):
        today = self.env.ref(f"{MODULE}.dealer_callback_action_today")
        seen = {user for user in self.roles if today in self.menus_of(user)}
        expected = self.care | self.service_manager | self.director | self.care_north
        self.assertEqual(seen, set(expected))

    def read_form(self, user, record, **context):
        model = self.env[record._name].with_user(user).with_context(**context)
        views = model.get_views([(False, "form")])
        spec = get_specification(views, record._name, views["views"]["form"]["arch"])
        return model.browse(record.id).web_read(spec)

    def test_call_card_is_read_by_those_whom_it_concerns(self):
        self.callback.action_log_attempt("not_reached")
        for user in (self.care, self.advisor, self.service_manager, self.director):
            with self.subTest(user=user.login):
                [card] = self.read_form(user, self.callback)
                self.assertIn("Brakes", card["reason"])
                self.assertEqual(card["repair_concerns"], "It squeaks")

    def test_repair_order_is_read_by_all_staff_of_the_branch(self):
        for user in self.roles - self.care_north:
            with self.subTest(user=user.login):
                [order] = self.read_form(user, self.repair)
                self.assertEqual(order["vehicle_id"]["id"], self.car.id)

    def test_car_and_customer_are_read_by_all_staff(self):
        for user in self.roles - self.care_north:
            with self.subTest(user=user.login):
                self.read_form(
                    user, self.car, form_view_ref="dealer_crm.fleet_vehicle_view_form"
                )
                self.read_form(user, self.customer)

    def test_advisor_reads_the_callbacks_of_own_orders_only(self):
        mine = self.callback.with_user(self.advisor)
        self.assertTrue(mine.has_access("read"))
        self.assertFalse(self.callback.with_user(self.advisor_two).has_access("read"))
        found = self.env["dealer.callback"].with_user(self.advisor_two).search([])
        self.assertNotIn(self.callback, found)
        with self.assertRaises(AccessError):
            mine.write({"remark": "not mine to say"})

    def test_consultant_reads_the_callbacks_of_own_customers(self):
        mine = self.callback.with_user(self.consultant)
        self.assertFalse(mine.has_access("read"))
        self.car.sales_user_id = self.consultant
        self.env.invalidate_all()
        self.assertTrue(mine.has_access("read"))
        self.assertFalse(mine.has_access("write"))

    def test_customer_relations_makes_and_deletes_no_callback(self):
        mine = self.callback.with_user(self.care)
        self.assertTrue(mine.has_access("write"))
        self.assertFalse(mine.has_access("unlink"))
        self.assertFalse(mine.has_access("create"))

    def test_only_managers_change_policies_and_segments(self):
        segment = self.env.ref(f"{MODULE}.segment_private")
        for user in self.roles:
            allowed = user in self.service_manager | self.director
            for record in (self.policy, segment):
                with self.subTest(user=user.login, model=record._name):
                    found = record.with_user(user).has_access("write")
                    self.assertEqual(found, allowed)

    def test_second_branch_sees_nothing(self):
        for record in (
            self.callback,
            self.repair,
            self.repair.concern_ids,
            self.repair.labor_ids,
        ):
            with self.subTest(model=record._name):
                there = record.with_user(self.care_north)
                self.assertFalse(there.has_access("read"))
                self.assertNotIn(record, there.search([]))

    def test_technician_writes_the_order_but_no_policy(self):
        order = self.repair.with_user(self.technician)
        order.labor_ids.hours = 2
        self.assertEqual(self.repair.amount_labor, 300)

    def test_customer_relations_cannot_change_an_order(self):
        with self.assertRaises(AccessError):
            self.repair.with_user(self.care).odometer_in = 5

    def make_lead_with_history(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "A lead",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "user_id": self.consultant.id,
                "company_id": self.branch.id,
                "vehicle_model_id": self.car_model.id,
                "purchase_date_expected": "2026-03-30",
            }
        )
        contact = self.env["dealer.contact"].create(
            {"lead_id": lead.id, "user_id": self.consultant.id}
        )
        lead.action_use_grade_proposal()
        return contact, lead.grade_log_ids

    def test_care_and_service_manager_read_follow_ups_and_grades(self):
        contact, log = self.make_lead_with_history()
        self.assertTrue(log)
        for user in (self.care, self.service_manager, self.director):
            for record in (contact, log):
                with self.subTest(user=user.login, model=record._name):
                    theirs = record.with_user(user)
                    self.assertTrue(theirs.has_access("read"))
        for record in (contact, log):
            self.assertFalse(record.with_user(self.care_north).has_access("read"))

    def test_advisor_reads_contacts_that_belong_to_no_lead(self):
        contact, log = self.make_lead_with_history()
        self.callback.action_log_attempt("not_reached")
        for user, expected in ((self.advisor, True), (self.technician, False)):
            with self.subTest(user=user.login):
                self.assertFalse(contact.with_user(user).has_access("read"))
                self.assertFalse(log.with_user(user).has_access("read"))
                mine = self.callback.contact_ids.with_user(user)
                self.assertEqual(mine.has_access("read"), expected)

    def test_service_manager_accepts_a_vin_in_the_form(self):
        for user, shown in ((self.service_manager, True), (self.advisor, False)):
            views = (
                self.env["fleet.vehicle"]
                .with_user(user)
                .with_context(form_view_ref="dealer_crm.fleet_vehicle_view_form")
                .get_views([(False, "form")])
            )
            tree = etree.fromstring(views["views"]["form"]["arch"])
            nodes = tree.xpath("//group[@name='car']//field[@placeholder]/@name")
            self.assertEqual("vin_override_reason" in nodes, shown, user.login)
