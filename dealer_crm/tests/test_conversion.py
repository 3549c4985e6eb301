# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestConversion(DealerCrmCase):
    """From the lead to one customer, whoever presses and however often."""

    def convert(self, lead, user=None):
        """Press the button; returns the dialog, or what was opened instead."""
        action = lead.with_user(user or self.consultant).action_convert_to_customer()
        if action["res_model"] != "dealer.same.person":
            return action
        wizards = self.env["dealer.same.person"].with_user(user or self.consultant)
        return wizards.browse(action["res_id"])

    def test_known_phone_is_offered_and_gives_one_partner(self):
        known = self.make_customer(phone="13812345678")
        lead = self.make_lead(phone="+86 138-1234-5678", city="Suzhou")
        contact = self.log_contact(lead)
        wizard = self.convert(lead)
        self.assertEqual(wizard.line_ids.partner_id, known)
        wizard.line_ids.action_take()
        self.assertEqual(lead.partner_id, known)
        self.assertEqual(contact.partner_id, known)
        self.assertEqual(known.city, "Suzhou")
        found = self.env["res.partner"]._find_same_person(phone="13812345678")
        self.assertEqual(found, known)

    def test_what_the_file_says_is_not_replaced(self):
        known = self.make_customer(email="old@example.com", city="Wuxi")
        lead = self.make_lead(
            phone=known.phone, email_from="new@example.com", city="Suzhou", street="A 1"
        )
        self.convert(lead).line_ids.action_take()
        self.assertEqual(
            (known.email, known.city, known.street), ("old@example.com", "Wuxi", False)
        )

    def test_unknown_person_becomes_a_customer_with_file(self):
        lead = self.make_lead(phone=" １３９ 0000 1111 ")
        wizard = self.convert(lead)
        self.assertFalse(wizard.line_ids)
        wizard.action_new()
        customer = lead.partner_id
        self.assertEqual(
            (customer.name, customer.phone, customer.file_state, customer.user_id),
            ("Zhao Testa", "13900001111", "draft", self.consultant),
        )

    def test_second_press_opens_the_customer(self):
        lead = self.make_lead()
        wizards = self.convert(lead), self.convert(lead)
        for wizard in wizards:
            action = wizard.action_new()
            self.assertEqual(action["res_id"], lead.partner_id.id)
        action = self.convert(lead)
        self.assertEqual(action["res_id"], lead.partner_id.id)
        same = self.env["res.partner"]._find_same_person(phone=lead.phone)
        self.assertEqual(same, lead.partner_id)

    def test_everything_missing_is_named_at_once(self):
        lead = self.make_lead(contact_name=False, phone=False)
        with self.assert_refused(UserError, "name, phone"):
            self.convert(lead)
        lead.write({"contact_name": "Li", "phone": "12345"})
        with self.assert_refused(UserError, "possible"):
            self.convert(lead)

    def test_company_and_mail_are_looked_for(self):
        firm = self.make_customer("Testa Ltd", is_company=True)
        person = self.make_customer("Qian", email="qian@example.com")
        lead = self.make_lead(partner_name="Testa Ltd", email_from="Qian@Example.com")
        self.assertEqual(self.convert(lead).line_ids.partner_id, firm + person)

    def test_company_code_is_looked_up_and_not_stored(self):
        firm = self.make_customer(
            "Testa Ltd", is_company=True, vat="91330100799655058B"
        )
        wizard = self.convert(self.make_lead())
        wizard.identity = "91330100799655058b"
        wizard.action_look_up()
        self.assertEqual(wizard.line_ids.partner_id, firm)
        wizard.invalidate_recordset()
        self.assertFalse(wizard.identity)

    def test_customers_of_another_branch_are_not_shown(self):
        self.make_customer(phone="13812340001", company_id=self.other_branch.id)
        lead = self.make_lead(phone="13812340001")
        self.assertFalse(self.convert(lead).line_ids)

    def test_other_consultants_lead_is_not_converted(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        lead = self.make_lead()
        wizard = self.convert(lead)
        with self.assertRaises(AccessError):
            self.convert(lead, other)
        with self.assertRaises(AccessError):
            wizard.lead_id.with_user(other)._convert_to_customer()

    def test_cost_does_not_grow_with_the_candidates(self):
        phones = self.next_phone(), self.next_phone()
        self.make_customer(phone=phones[0])
        for number in range(9):
            self.make_customer(f"Sun {number}", phone=phones[1])
        counts = []
        for phone in phones:
            lead = self.make_lead(phone=phone)
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.convert(lead)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2)
