# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import AftersalesCase

#: counter of the customer form: the button that opens what is counted
BUTTONS = {
    "vehicle_count": "action_view_dealer_vehicles",
    "contact_count": "action_view_dealer_contacts",
    "opportunity_count": "action_view_opportunity",
    "sale_order_count": "sale.act_res_partner_2_sale_order",
    "repair_count": "action_view_repairs",
    "callback_count": "action_view_callbacks",
}
CORE_SALES = {"opportunity_count", "sale_order_count"}


@tagged("post_install", "-at_install")
class TestCounters(AftersalesCase):
    """Each counter is the number of records the same user sees behind it (CUS-09)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "test_accountant", "account.group_account_manager"
        )
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.make_car(owner_id=cls.customer.id).active = False
        former = cls.make_car(owner_id=cls.customer.id)
        former.owner_id = cls.make_customer("Qian Buyer")
        for user in (cls.consultant, cls.colleague, cls.manager):
            lead = cls.make_lead(partner_id=cls.customer.id, user_id=user.id)
            cls.env["dealer.contact"].create(
                {"lead_id": lead.id, "user_id": user.id, "content": "Talk"}
            )
            cls.env["sale.order"].create(
                {"partner_id": cls.customer.id, "user_id": user.id}
            )
        cls.env["dealer.contact"].create(
            {"partner_id": cls.customer.id, "purpose": "care"}
        )
        cls.make_callback(advisor_id=cls.advisor.id)
        cls.make_repair()

    def get_counters(self, user):
        """The counters on the form as this user gets it."""
        view = self.call(user, "res.partner", "get_view", view_type="form")
        box = etree.fromstring(view["arch"]).find(".//div[@name='button_box']")
        return {node.get("name") for node in box.iter("field")} & BUTTONS.keys()

    def count_behind(self, user, button):
        customer = self.customer.with_user(user)
        if "." in button:
            action = self.env["ir.actions.actions"]._for_xml_id(button)
            values = {"active_ids": customer.ids}
            action["domain"] = safe_eval(action["domain"], values)
        else:
            action = getattr(customer, button)()
        records = self.env[action["res_model"]].with_user(user)
        context = action.get("context") or {}
        if isinstance(context, dict) and "active_test" in context:
            records = records.with_context(active_test=context["active_test"])
        return records.search_count(action["domain"])

    def assert_counters(self, user, **expected):
        names = self.get_counters(user)
        self.assertEqual(names, set(expected), user.name)
        self.env.invalidate_all()
        customer = self.customer.with_user(user)
        for name, number in expected.items():
            self.assertEqual(customer[name], number, (user.name, name))
            behind = self.count_behind(user, BUTTONS[name])
            self.assertEqual(behind, number, (user.name, name))

    def test_consultant_counts_own_leads_and_contracts(self):
        self.assert_counters(
            self.consultant,
            vehicle_count=2,
            contact_count=2,
            opportunity_count=1,
            sale_order_count=1,
            repair_count=2,
            callback_count=0,
        )

    def test_sales_manager_counts_all(self):
        self.assert_counters(
            self.manager,
            vehicle_count=2,
            contact_count=4,
            opportunity_count=3,
            sale_order_count=3,
            repair_count=2,
            callback_count=1,
        )

    def test_technician_and_advisor_see_no_sales(self):
        for user, contacts, callbacks in (
            (self.technician, 0, 0),
            (self.advisor, 1, 1),
        ):
            self.assert_counters(
                user,
                vehicle_count=2,
                contact_count=contacts,
                repair_count=2,
                callback_count=callbacks,
            )

    def test_customer_relations_reads_all_contacts(self):
        self.assert_counters(
            self.care,
            vehicle_count=2,
            contact_count=4,
            repair_count=2,
            callback_count=1,
        )

    def test_accountant_sees_neither_counter_nor_record(self):
        self.assertFalse(self.get_counters(self.accountant) - CORE_SALES)
        for name in BUTTONS.keys() - CORE_SALES:
            with self.assertRaises(AccessError, msg=name):
                self.call(
                    self.accountant, "res.partner", "read", self.customer.ids, [name]
                )
        for model in ("dealer.contact", "dealer.callback"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.accountant).search([])

    def test_all_counters_of_many_customers_cost_the_same(self):
        people = self.env["res.partner"].create(
            [
                {"name": f"Sun {n}", "phone": self.next_phone(), "file_state": "draft"}
                for n in range(30)
            ]
        )
        costs = []
        for batch in (people[:2], people):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch.with_user(self.manager).read(list(BUTTONS))
            costs.append(self.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0])
