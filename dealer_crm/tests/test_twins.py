# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import DealerCrmCase

FILE = {"dealer_customer_file": True}
ID_NUMBER = "11010519491231002X"
CODE = "91440300MA5DA0000F"


@tagged("post_install", "-at_install")
class TestTwins(DealerCrmCase):
    """A customer entered twice is told while he is typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls.make_customer(
            "Li <Known>", phone="13800138000", id_number=ID_NUMBER
        )
        cls.firm = cls.make_customer("Testa Trading", is_company=True, vat=CODE)

    def ask(self, user, **values):
        hits = self.call(user, "res.partner", "find_duplicates", **values)
        return [(hit["id"], hit["reason"]) for hit in hits]

    def test_same_phone_in_any_spelling(self):
        for phone in ("13800138000", "+86 138-0013-8000", "０１３８００１３８０００"):
            self.assertEqual(
                self.ask(self.consultant, phone=phone), [(self.known.id, "same phone")]
            )
        self.assertEqual(self.ask(self.consultant, phone="13800138001"), [])

    def test_same_company_code(self):
        self.assertEqual(
            self.ask(self.consultant, vat="９１４４０３００MA5DA0000f"),
            [(self.firm.id, "same company code")],
        )

    def test_id_number_is_compared_for_those_allowed_only(self):
        self.assertEqual(
            self.ask(self.director, id_number="110105 19491231 002x"),
            [(self.known.id, "same ID document")],
        )
        for user in (self.consultant, self.manager):
            self.assertEqual(self.ask(user, id_number=ID_NUMBER), [])
        self.assertEqual(self.ask(self.director, id_number="110105********002X"), [])

    def test_customer_of_another_branch_is_not_told(self):
        self.known.company_id = self.other_branch
        self.assertEqual(self.ask(self.consultant, phone="13800138000"), [])

    def test_only_staff_may_ask(self):
        outsider = new_test_user(self.env, "test_outsider", "base.group_user")
        with self.assert_refused(AccessError, "Only staff"):
            self.ask(outsider, phone="13800138000")

    def test_forms_warn_while_typing_and_save_all_the_same(self):
        people = self.env["res.partner"].with_user(self.consultant)
        for view in (
            "dealer_crm.res_partner_view_form_quick",
            "base.view_partner_form",
        ):
            with Form(people.with_context(**FILE), view=view) as form:
                form.name = "Li Again"
                form.phone = "13800138009"
                self.assertFalse(form.duplicate_warning)
                form.phone = "138 0013 8000"
                warning = str(form.duplicate_warning)
                self.assertIn(f"/odoo/dealer-customers/{self.known.id}", warning)
                self.assertIn("Li &lt;Known&gt;", warning)
                self.assertIn("same phone", warning)
            self.assertTrue(form.record.id)
            self.assertFalse(form.record.duplicate_warning)
            form.record.sudo().phone = self.next_phone()

    def test_own_number_is_no_double(self):
        view = "base.view_partner_form"
        with Form(self.known.with_user(self.manager), view=view) as form:
            form.city = "Nanjing"
            form.phone = "138 0013 8000"
            self.assertFalse(form.duplicate_warning)

    def test_quick_form_needs_name_and_phone(self):
        people = self.env["res.partner"].with_user(self.consultant)
        view = "dealer_crm.res_partner_view_form_quick"
        form = Form(people.with_context(**FILE), view=view)
        form.name = "Li Testa"
        with self.assert_refused(AssertionError, "phone is a required field"):
            form.save()
        form.phone = self.next_phone()
        partner = form.save()
        self.assertEqual(partner.file_state, "draft")
        self.assertEqual(partner.action_open_full_form()["res_id"], partner.id)
