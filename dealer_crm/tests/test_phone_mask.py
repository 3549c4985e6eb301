# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import DealerCrmCase

PHONE = "13800138000"
HIDDEN = "138****8000"


@tagged("post_install", "-at_install")
class TestPhoneMask(DealerCrmCase):
    """A phone belongs to the consultant in charge and to the manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.customer = cls.make_customer(phone=PHONE, user_id=cls.colleague.id)
        cls.foreign = cls.customer.with_user(cls.consultant)

    def read_phone(self, user, customer=None):
        customer = (customer or self.customer).with_user(user)
        self.env.invalidate_all()
        values = {
            customer.read(["phone"])[0]["phone"],
            customer.web_read({"phone": {}})[0]["phone"],
            customer.search_read([("id", "=", customer.id)], ["phone"])[0]["phone"],
            customer.web_search_read([("id", "=", customer.id)], {"phone": {}})[
                "records"
            ][0]["phone"],
            customer._get_visible_phones()[customer.id],
        }
        self.assertEqual(len(values), 1, values)
        return values.pop()

    def test_a_restricted_person_does_not_close_the_lists(self):
        car = self.make_car(owner_id=self.customer.id)
        self.customer._restrict_processing("asked by the person")
        self.env.invalidate_all()
        row = car.with_user(self.colleague).web_read({"owner_phone": {}})[0]
        self.assertFalse(row["owner_phone"])

    def test_phone_is_for_those_in_charge(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        for user, shown in (
            (self.colleague, PHONE),
            (self.manager, PHONE),
            (self.director, PHONE),
            (self.consultant, HIDDEN),
            (staff, HIDDEN),
        ):
            self.assertEqual(self.read_phone(user), shown, user.name)

    def test_own_customers_of_every_kind(self):
        lead = self.make_lead(partner_id=self.make_customer().id)
        sold = self.make_car(
            owner_id=self.make_customer().id, sales_user_id=self.consultant.id
        )
        made = (
            self.env["res.partner"]
            .with_user(self.consultant)
            .create({"name": "Li", "phone": self.next_phone(), "file_state": "draft"})
        )
        nobodys = self.make_customer()
        for customer in (lead.partner_id, sold.owner_id, made, nobodys):
            self.assertNotIn("*", self.read_phone(self.consultant, customer))
        lead.user_id = sold.sales_user_id = self.colleague
        for customer in (lead.partner_id, sold.owner_id):
            self.assertIn("*", self.read_phone(self.consultant, customer))

    def test_partners_without_a_file_are_no_business_of_ours(self):
        supplier = self.env["res.partner"].create(
            {"name": "Supplier", "phone": PHONE, "user_id": self.colleague.id}
        )
        self.assertEqual(self.read_phone(self.consultant, supplier), PHONE)

    def test_users_without_a_role_see_partners_as_core_has_them(self):
        clerk = self.make_user("clerk", "base.group_user,base.group_partner_manager")
        self.assertEqual(self.read_phone(clerk), PHONE)

    def test_second_and_sanitized_phone_are_hidden_too(self):
        names = self.foreign._get_phone_fields()
        self.assertIn("phone_sanitized", names)
        for name, value in self.foreign.read(list(names))[0].items():
            if name != "id" and value:
                self.assertIn("****", value, name)

    def test_export_hides_line_by_line(self):
        own = self.make_customer(phone="13800138001", user_id=self.consultant.id)
        customers = (self.customer + own).with_user(self.consultant)
        rows = customers._export_rows([["phone"], ["name"]])
        self.assertEqual([row[0] for row in rows], [HIDDEN, "13800138001"])
        car = self.make_car(owner_id=self.customer.id).with_user(self.consultant)
        rows = car._export_rows([["owner_id", "phone"], ["owner_phone"]])
        self.assertEqual(rows, [[HIDDEN, HIDDEN]])

    def test_owner_phone_of_a_car(self):
        car = self.make_car(owner_id=self.customer.id)
        seen = [
            car.with_user(user).read(["owner_phone"])[0]["owner_phone"]
            for user in (self.consultant, self.manager)
        ]
        self.assertEqual(seen, [HIDDEN, PHONE])
        found = self.env["fleet.vehicle"].search([("owner_phone", "=", PHONE)])
        self.assertEqual(found, car)

    def test_no_group_per_number(self):
        partners = self.foreign.browse()
        cars = self.env["fleet.vehicle"].with_user(self.consultant)
        for ask in (
            lambda: partners.formatted_read_group([], ["phone"], ["__count"]),
            lambda: partners.formatted_read_group([], [], ["phone:array_agg"]),
            lambda: partners._read_group([], [], ["phone_sanitized:max"]),
            lambda: cars.formatted_read_group([], ["owner_id.phone"], ["__count"]),
        ):
            with self.assertRaises(AccessError):
                ask()
        groups = partners.with_user(self.manager).formatted_read_group(
            [("id", "=", self.customer.id)], ["phone"], ["__count"]
        )
        self.assertEqual(groups[0]["phone"], PHONE)

    def test_form_before_saving_shows_no_number(self):
        spec = {"phone": {}, "country_id": {}}
        result = self.foreign.onchange(
            {"country_id": self.env.ref("base.cn").id}, ["country_id"], spec
        )
        self.assertNotIn("8013", str(result["value"].get("phone", "")))

    def test_history_hides_the_number(self):
        loud = dict.fromkeys(self.default_env_context(), False)
        customer = self.customer.with_user(self.manager).with_context(**loud)
        self.env.flush_all()
        self.env.cr.flush()
        customer.write({"phone": "13800138009"})
        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        values = self.customer.message_ids.sudo().tracking_value_ids
        self.assertIn("phone", values.field_id.mapped("name"))
        for user, seen in ((self.colleague, True), (self.consultant, False)):
            env = self.env(user=user, su=False)
            names = values._filter_has_field_access(env).field_id.mapped("name")
            self.assertEqual("phone" in names, seen, user.name)

    def test_copy_brings_no_hidden_number_along(self):
        self.assertFalse(self.foreign.copy().phone)
        self.assertEqual(self.customer.with_user(self.manager).copy().phone, PHONE)

    def test_masked_number_that_comes_back_changes_nothing(self):
        self.foreign.write({"phone": HIDDEN, "comment": "Likes tea"})
        self.assertEqual(self.customer.phone, PHONE)
        self.assertIn("tea", str(self.customer.comment))

    def test_only_those_in_charge_change_the_identity(self):
        for values in (
            {"phone": "13800138005"},
            {"name": "Someone Else"},
            {"street": "Nanjing Road 2"},
            {"user_id": self.consultant.id},
            {"active": False},
        ):
            with self.assert_refused(AccessError, "is a customer of Colleague"):
                self.foreign.write(values)
        self.customer.with_user(self.colleague).street = "Nanjing Road 2"
        self.customer.with_user(self.manager).name = "Wang Testb"

    def test_consultant_takes_over_a_customer_of_nobody(self):
        self.customer.user_id = False
        with Form(self.foreign) as form:
            form.street = "Nanjing Road 3"
        self.foreign.user_id = self.consultant
        self.assertEqual(self.customer.user_id, self.consultant)

    def test_list_costs_the_same_for_five_and_for_fifty(self):
        customers = self.env["res.partner"]
        for _number in range(50):
            customers += self.make_customer(user_id=self.colleague.id)
        counts = []
        for records in (customers[:5], customers[:5], customers):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.consultant).read(["name", "phone"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
