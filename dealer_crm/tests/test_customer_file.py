# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DealerCrmCase

FILE = {"dealer_customer_file": True}
NORMALISED = {
    "13800138000": "13800138000",
    "+86 138-0013-8000": "13800138000",
    "０１３８００１３８０００": "13800138000",
    "0755-12345678": "075512345678",
    "+49 30 123456": "+4930123456",
}
REFUSED = ("12800138000", "1380013800", "see website")


@tagged("post_install", "-at_install")
class TestCustomerFile(DealerCrmCase):
    def create_by_rpc(self, phone, **values):
        partners = self.env["res.partner"].with_user(self.consultant)
        return partners.with_context(**FILE).create(
            {"name": "Li Testa", "phone": phone, **values}
        )

    def test_customer_from_the_dealership_gets_a_file_and_a_number(self):
        one, other = (
            self.create_by_rpc("13800138000"),
            self.create_by_rpc("13800138001"),
        )
        self.assertEqual((one + other).mapped("file_state"), ["draft"] * 2)
        self.assertRegex(one.ref, r"^K\d{6}$")
        self.assertGreater(other.ref, one.ref)

    def test_given_number_is_kept(self):
        self.assertEqual(self.create_by_rpc("13800138000", ref="A-1").ref, "A-1")

    def test_phone_is_stored_in_one_spelling(self):
        for typed, stored in NORMALISED.items():
            partner = self.create_by_rpc(typed)
            self.assertEqual(partner.phone, stored, typed)
            partner.phone = "010-87654321"
            self.assertEqual(partner.phone, "01087654321")

    def test_phone_in_form(self):
        for typed, stored in NORMALISED.items():
            partner = self.enter_by_form(
                self.consultant,
                "res.partner",
                "base.view_partner_form",
                {"name": "Li Testa", "phone": typed},
                **FILE,
            )
            self.assertEqual((partner.phone, partner.file_state), (stored, "draft"))

    def test_phone_in_import(self):
        for typed, stored in NORMALISED.items():
            partner, messages = self.enter_by_import(
                self.consultant,
                "res.partner",
                {"name": "Li Testa", "phone": typed},
                **FILE,
            )
            self.assertFalse(messages)
            self.assertEqual((partner.phone, partner.file_state), (stored, "draft"))

    def test_wrong_phone_is_refused_with_the_number(self):
        customer = self.make_customer().with_user(self.consultant)
        for phone in REFUSED:
            text = f"Phone: {phone.replace(' ', '')} is neither"
            with self.assert_refused(ValidationError, text):
                self.create_by_rpc(phone)
            with self.assert_refused(ValidationError, text):
                customer.phone = phone
            partner, messages = self.enter_by_import(
                self.consultant,
                "res.partner",
                {"name": "Li Testa", "phone": phone},
                **FILE,
            )
            self.assertFalse(partner)
            self.assertIn(text, messages)

    def test_file_without_phone_is_refused_with_the_name(self):
        with self.assert_refused(ValidationError, "Phone: .*Li Testa needs"):
            self.create_by_rpc(False)
        with self.assert_refused(ValidationError, "Phone: .*Wang Testa needs"):
            self.make_customer().with_user(self.consultant).phone = False
        # the form asks for it before anything is sent
        with self.assertRaisesRegex(AssertionError, "phone is a required field"):
            self.enter_by_form(
                self.consultant,
                "res.partner",
                "base.view_partner_form",
                {"name": "Li Testa"},
                **FILE,
            )

    def test_address_of_a_customer_is_no_customer(self):
        customer = self.create_by_rpc(
            "13800138000",
            child_ids=[Command.create({"name": "Workplace", "type": "other"})],
        )
        self.assertFalse(customer.child_ids.file_state)
        with Form(customer.with_context(**FILE), "base.view_partner_form") as form:
            with form.child_ids.new() as address:
                address.name = "Summer house"
        self.assertEqual(customer.child_ids.mapped("file_state"), [False, False])

    def test_partner_of_others_stays_as_core_has_it(self):
        partner = self.env["res.partner"].create(
            {"name": "ACME", "phone": "see website"}
        )
        self.assertRecordValues(
            partner, [{"phone": "see website", "file_state": False, "ref": False}]
        )
        partner.phone = "+86 138-0013-8000 (Wang)"
        self.assertEqual(partner.phone, "+86 138-0013-8000 (Wang)")
        partner.phone = False

    def test_copy_of_a_customer_is_no_file(self):
        copy = self.make_customer().copy()
        self.assertEqual((copy.file_state, copy.ref), (False, False))

    def test_counters_of_several_customers(self):
        one, other, none = (self.make_customer(name) for name in ("A", "B", "C"))
        car = self.make_car(owner_id=one.id)
        self.make_car(owner_id=one.id)
        self.env["dealer.vehicle.party"].create(
            [
                {"vehicle_id": car.id, "partner_id": other.id, "role": "driver"},
                {"vehicle_id": car.id, "partner_id": other.id, "role": "bringer"},
            ]
        )
        self.env["dealer.contact"].create([{"partner_id": one.id}] * 3)
        partners = (one + other + none).with_user(self.consultant)
        self.assertEqual(partners.mapped("vehicle_count"), [2, 1, 0])
        self.assertEqual(partners.mapped("contact_count"), [3, 0, 0])
        self.assertEqual(car.with_user(self.consultant).contact_count, 0)

    def test_credit_code_of_a_company_is_checked(self):
        company = self.make_customer(
            "Testa Trading", is_company=True, vat="９１４４０３００MA5DA0000f"
        )
        self.assertEqual(company.vat, "91440300MA5DA0000F")
        with self.assert_refused(ValidationError, "Unified Social Credit Code"):
            company.vat = "911100006000373410"

    def test_tax_number_of_others_is_not_ours(self):
        self.make_customer(
            "Testa GmbH",
            is_company=True,
            vat="DE1234567",
            country_id=self.env.ref("base.de").id,
        )
        plain = self.env["res.partner"].create(
            {"name": "Supplier", "is_company": True, "vat": "12345"}
        )
        self.assertEqual(plain.vat, "12345")

    def test_state_moves_by_the_system_only(self):
        customer = self.make_customer().with_user(self.director)
        for state in ("verified", "filed", False):
            with self.assert_refused(AccessError, "set by the system"):
                customer.file_state = state
        with self.assert_refused(AccessError, "set by the system"):
            self.create_by_rpc("13800138000", file_state="filed")
        with self.assert_refused(AccessError, "set by the system"):
            customer.with_context(default_file_state="filed").create(
                {"name": "Li Testa", "phone": "13800138000"}
            )
        customer.sudo().file_state = "verified"
        with self.assert_refused(AccessError, "set by the system"):
            customer.file_state = "draft"

    def test_contact_becomes_a_customer_by_the_button(self):
        partner, other = self.env["res.partner"].create(
            [{"name": "Buyer", "phone": "+86 138-0013-8000"}, {"name": "No phone"}]
        )
        partner.with_user(self.consultant).action_open_customer_file()
        self.assertEqual((partner.file_state, partner.phone), ("draft", "13800138000"))
        self.assertRegex(partner.ref, r"^K\d{6}$")
        with self.assert_refused(ValidationError, "No phone needs"):
            other.with_user(self.consultant).action_open_customer_file()

    def test_customer_of_a_lead_gets_a_file(self):
        lead = self.make_lead(phone="+86 138-0013-8000").with_user(self.consultant)
        customer = lead._create_customer()
        self.assertEqual(
            (customer.file_state, customer.phone, customer.company_id),
            ("draft", "13800138000", self.branch),
        )
        lead = self.make_lead(phone=False).with_user(self.consultant)
        self.assertFalse(lead._create_customer().file_state)

    def test_new_file_belongs_to_the_branch(self):
        self.assertEqual(self.create_by_rpc("13800138000").company_id, self.branch)
        shared = self.create_by_rpc("13800138001", company_id=False)
        self.assertFalse(shared.company_id)
        partner = self.enter_by_form(
            self.consultant,
            "res.partner",
            "base.view_partner_form",
            {"name": "Li Testa", "phone": "13800138002"},
            **FILE,
        )
        self.assertEqual(partner.company_id, self.branch)
        plain = self.env["res.partner"].create({"name": "ACME"})
        self.assertFalse(plain.company_id)

    def test_one_wrong_row_does_not_spoil_the_others(self):
        people = self.env["res.partner"].with_user(self.consultant)
        result = people.with_context(dealer_customer_file=True).load(
            ["name", "phone"],
            [["One", self.next_phone()], ["Two", "123"], ["Three", self.next_phone()]],
        )
        self.assertFalse(result["ids"])
        self.assertEqual([m["record"] for m in result["messages"]], [1])
