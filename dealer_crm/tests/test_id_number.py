# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

VALID = {
    "11010519491231002X": "11010519491231002X",
    "11010519491231002x": "11010519491231002X",
    "11010519491231 002X": "11010519491231002X",
    "110105-19491231-002X": "11010519491231002X",
    "440524198001010013": "440524198001010013",
    "810000199001010019": "810000199001010019",
    "93115619800101001X": "93115619800101001X",
    "110101200002290018": "110101200002290018",
    "31011519960229002X": "31011519960229002X",
}
REFUSED = {
    "110105194912310021": "check digit does not fit",
    "440524188001010014": "more than 120 years ago",
    "110101199002290012": "does not exist",
    "110101200102290015": "does not exist",
    "110101199013010012": "does not exist",
    "110101203001010014": "in the future",
    "110105491231002": "'Old Resident ID'",
    "1101051949123100": "not 18 characters",
    "11010519491231X02X": "only digits and a final X",
}
NUMBER = "310101198506150059"
MASKED = "310*************59"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestIdNumber(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(id_number=NUMBER)
        cls.consultant.group_ids += cls.env.ref("base.group_allow_export")

    def import_row(self, number):
        return self.enter_by_import(
            self.director,
            "res.partner",
            {"name": "Li Testa", "phone": "13800138000", "id_number": number},
            dealer_customer_file=True,
        )

    def fill_form(self, number):
        return self.enter_by_form(
            self.director,
            "res.partner",
            "base.view_partner_form",
            {"name": "Li Testa", "phone": "13800138000", "id_number": number},
            dealer_customer_file=True,
        )

    def test_valid_numbers_are_stored_in_one_spelling(self):
        customer = self.make_customer().with_user(self.director)
        for typed, stored in VALID.items():
            customer.id_number = typed
            self.assertEqual(customer.sudo().id_number, stored)
            self.assertEqual(self.fill_form(typed).sudo().id_number, stored)
            imported, messages = self.import_row(typed)
            self.assertFalse(messages)
            self.assertEqual(imported.sudo().id_number, stored)

    def test_wrong_numbers_are_refused_without_repeating_them(self):
        customer = self.make_customer().with_user(self.director)
        for number, reason in REFUSED.items():
            with self.assert_refused(ValidationError, reason) as in_rpc:
                customer.id_number = number
            with self.assert_refused(ValidationError, reason) as in_form:
                self.fill_form(number)
            imported, messages = self.import_row(number)
            self.assertFalse(imported)
            self.assertIn(reason, messages)
            for text in (str(in_rpc.exception), str(in_form.exception), messages):
                self.assertIn("ID Number of", text)
                self.assertNotIn(number, text)

    def test_number_tells_birthday_and_gender(self):
        male, female = self.customer, self.make_customer(id_number="310101198506150040")
        self.assertEqual((male + female).mapped("gender"), ["male", "female"])
        self.assertEqual(male.birthdate_date, date(1985, 6, 15))

    def test_what_is_typed_wins_over_the_number(self):
        customer = self.make_customer(
            id_number=NUMBER, birthdate_date="1985-06-16", gender="other"
        )
        self.assertEqual(
            (customer.birthdate_date, customer.gender), (date(1985, 6, 16), "other")
        )

    def test_other_documents_are_not_judged_as_resident_numbers(self):
        customer = self.make_customer(id_document_type="passport")
        customer.id_number = "e 1234 5678"
        self.assertEqual(
            (customer.id_number, customer.id_document_type), ("E12345678", "passport")
        )
        old = self.make_customer(
            id_document_type="old_resident_id", id_number="110105491231002"
        )
        self.assertEqual(old.id_number, "110105491231002")
        with self.assert_refused(ValidationError, "not 18 characters"):
            customer.id_document_type = "resident_id"

    def test_everybody_reads_the_ends_only(self):
        service = self.make_customer()
        for user in (self.consultant, self.manager, self.director):
            customer = self.customer.with_user(user)
            for values in (
                customer.read(["id_number"])[0],
                customer.web_read({"id_number": {}})[0],
                customer.search_read([("id", "=", customer.id)], ["id_number"])[0],
            ):
                self.assertEqual(values["id_number"], MASKED)
            self.assertFalse(service.with_user(user).id_number)
        self.assertEqual(self.customer.id_number, NUMBER)

    def test_export_has_the_ends_only(self):
        customer = self.customer.with_user(self.director)
        self.director.group_ids += self.env.ref("base.group_allow_export")
        rows = customer.export_data(["name", "id_number", "id_number_masked"])
        self.assertEqual(rows["datas"][0][1:], [MASKED, MASKED])
        car = self.make_car(owner_id=self.customer.id).with_user(self.director)
        rows = car.export_data(["owner_id/id_number"])["datas"]
        self.assertEqual(rows, [[MASKED]])

    def test_no_field_of_the_partner_holds_the_number(self):
        customer = self.customer.with_user(self.director)
        plain = [
            name
            for name, field in customer.fields_get().items()
            if not field.get("relation")
        ]
        self.assertIn("id_number", plain)
        self.assertNotIn(NUMBER, str(customer.read(plain)))

    def test_vault_is_closed_to_every_role(self):
        admin = self.make_user(
            "admin", "base.group_system,dealer_crm.group_general_manager"
        )
        vault = self.env["dealer.identity.vault"].with_user(admin)
        for ask in (
            lambda: vault.search([]),
            lambda: vault.search_read([], ["number"]),
            lambda: vault.create({"partner_id": self.customer.id, "number": "1"}),
        ):
            with self.assertRaises(AccessError):
                ask()

    def test_consultant_cannot_ask_for_the_number(self):
        partners = self.env["res.partner"].with_user(self.consultant)
        cars = self.env["fleet.vehicle"].with_user(self.consultant)
        for records, field in ((partners, "id_number"), (cars, "owner_id.id_number")):
            for operator, value in (
                ("like", "3101"),
                ("=", NUMBER),
                ("!=", False),
                ("not in", [NUMBER]),
            ):
                with self.assertRaises(AccessError):
                    records.search_count([(field, operator, value)])

    def test_only_the_whole_number_is_found(self):
        partners = self.env["res.partner"].with_user(self.director)
        found = partners.search([("id_number", "=", " 310101 19850615 0059")])
        self.assertEqual(found, self.customer)
        self.assertNotIn(self.customer, partners.search([("id_number", "=", False)]))
        for operator in ("like", "=ilike", ">"):
            for env_partners in (partners, partners.sudo()):
                with self.assertRaises(AccessError):
                    env_partners.search([("id_number", operator, NUMBER)])

    def test_number_sorts_and_groups_nothing(self):
        partners = self.env["res.partner"].with_user(self.director)
        for ask in (
            lambda: partners.search([], order="id_number"),
            lambda: partners.formatted_read_group([], ["id_number"], ["__count"]),
            lambda: partners.formatted_read_group([], [], ["id_number:max"]),
        ):
            # core refuses what is no column
            with self.assertRaises(ValueError):
                ask()

    def test_consultant_enters_it_for_own_customers(self):
        self.customer.user_id = self.manager
        own = self.make_customer(user_id=self.consultant.id)
        own.with_user(self.consultant).id_number = "11010519491231002X"
        self.assertEqual(own.id_number, "11010519491231002X")
        foreign = self.customer.with_user(self.consultant)
        with self.assert_refused(AccessError, "ID Number|customer of"):
            foreign.id_number = "11010519491231002X"
        self.assertEqual(self.customer.id_number, NUMBER)

    def test_staff_of_no_sales_role_enters_none(self):
        staff = self.make_user("staff", "dealer_crm.group_dealer_user")
        with self.assert_refused(AccessError, "ID Number|customer of"):
            self.customer.with_user(staff).id_number = "11010519491231002X"

    def test_masked_number_that_comes_back_changes_nothing(self):
        customer = self.customer.with_user(self.director)
        customer.write({"id_number": MASKED, "street": "Nanjing Road 1"})
        self.assertEqual(self.customer.id_number, NUMBER)
        for write in (
            lambda: customer.write({"id_number": "320*************59"}),
            lambda: self.make_customer().write({"id_number": MASKED}),
            lambda: self.make_customer(id_number=MASKED),
        ):
            with self.assert_refused(ValidationError, "asterisks"):
                write()

    def test_number_in_the_tax_field_of_a_person_is_refused(self):
        with self.assert_refused(ValidationError, "Enter it as ID Number"):
            self.make_customer(vat=NUMBER)

    def test_removed_number_is_gone(self):
        self.customer.with_user(self.director).id_number = False
        self.assertFalse(self.customer.id_number)
        rows = self.env["dealer.identity.vault"].search_count(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertFalse(rows)

    def test_numbers_of_a_list_cost_one_query(self):
        customers = self.customer
        for _number in range(20):
            customers += self.make_customer()
        few, many = customers[:3], customers
        counts = []
        for records in (few, few, many):
            self.env.invalidate_all()
            records = records.with_user(self.director)
            before = self.env.cr.sql_log_count
            records.read(["id_number"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_number_is_found_by_no_name_search(self):
        found = self.env["res.partner"].with_user(self.director).name_search(NUMBER)
        self.assertFalse(found)

    def test_number_leaves_no_trace_in_the_history(self):
        """With tracking as in daily work, unlike all other tests."""
        loud = dict.fromkeys(self.default_env_context(), False)
        partners = self.env["res.partner"].with_user(self.director)
        customer = partners.with_context(**loud, dealer_customer_file=True).create(
            {"name": "Li Testa", "phone": "13800138000", "id_number": NUMBER}
        )
        self.flush_tracking()
        customer.write({"id_number": "11010519491231002X", "phone": "13800138001"})
        customer.write({"name": "Li Testb", "email": "li@example.com"})
        self.flush_tracking()
        messages = self.env["mail.message"].search(
            [("model", "=", "res.partner"), ("res_id", "=", customer.id)]
        )
        self.assertTrue(messages, "the chatter must have something to look at")
        values = messages.sudo().tracking_value_ids
        self.assertTrue(values, "the tracking must have something to look at")
        traces = str(messages.read(["body", "subject"])) + str(values.read())
        for number in (NUMBER, "11010519491231002X"):
            self.assertNotIn(number, traces)

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.flush()
