# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContactToLead(DealerCrmCase):
    """A line of the visit or call register becomes a lead, once."""

    def register(self, user=None, **values):
        defaults = {
            "channel": "visit",
            "visitor_name": "Sun Testa",
            "visitor_phone": "138 0013 8000",
            "vehicle_model_id": self.car_model.id,
            "content": "Wants a red one",
        }
        contacts = self.env["dealer.contact"].with_user(user or self.consultant)
        return contacts.create(defaults | values)

    def test_lead_has_everything_entered(self):
        contact = self.register()
        action = contact.action_make_lead()
        lead = contact.lead_id
        self.assertEqual(action["res_id"], lead.id)
        self.assertRecordValues(
            lead,
            [
                {
                    "contact_name": "Sun Testa",
                    "phone": "13800138000",
                    "vehicle_model_id": self.car_model.id,
                    "user_id": self.consultant.id,
                    "company_id": self.branch.id,
                    "next_contact_date": date(2026, 3, 11),
                    "last_contact_date": contact.date,
                }
            ],
        )
        self.assertIn("Wants a red one", lead.description)

    def test_second_press_opens_the_same_lead(self):
        contact = self.register()
        first = contact.action_make_lead()
        self.assertEqual(contact.action_make_lead()["res_id"], first["res_id"])
        self.assertEqual(contact._make_lead(), contact.lead_id)
        count = self.env["crm.lead"].search_count([("phone", "=", "13800138000")])
        self.assertEqual(count, 1)

    def test_open_lead_of_this_phone_is_proposed_and_joined(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        lead = self.make_lead(phone="+86 13800138000")
        contact = self.register(other)
        wizard = self.open_dialog(contact)
        line = wizard.line_ids
        self.assertEqual((line.lead_id, line.consultant), (lead, "Consultant"))
        self.assertNotIn(lead.name, line.who)
        self.assertEqual(line.phone, "138****8000")
        line.action_take()
        self.assertEqual(contact.sudo().lead_id, lead)
        self.assertEqual(lead.last_contact_date, contact.date)
        self.assertEqual(lead.user_id, self.consultant)

    def test_foreign_lead_sent_by_a_client_is_refused(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        lead = self.make_lead()
        contact = self.register(other)
        wizard = self.env["dealer.same.person"].with_user(other)
        wizard = wizard.create({"contact_id": contact.id})
        line = self.env["dealer.same.person.line"].with_user(other)
        line = line.create({"wizard_id": wizard.id, "lead_id": lead.id})
        with self.assert_refused(AccessError, "another person"):
            line.action_take()

    def test_known_customer_is_proposed(self):
        customer = self.make_customer(phone="13800138000")
        contact = self.register()
        self.open_dialog(contact).line_ids.action_take()
        self.assertEqual(contact.partner_id, customer)
        self.assertEqual(contact.lead_id.partner_id, customer)

    def test_none_of_them_makes_a_new_one(self):
        self.make_customer(phone="13800138000")
        contact = self.register()
        self.open_dialog(contact).action_new()
        self.assertFalse(contact.lead_id.partner_id)

    def test_register_to_lead_to_customer(self):
        contact = self.register()
        contact.action_make_lead()
        contact.lead_id.with_user(self.consultant)._convert_to_customer()
        self.assertEqual(contact.partner_id.phone, "13800138000")

    def test_nobody_makes_no_lead(self):
        contact = self.register(visitor_name="  ")
        self.assertFalse(contact.visitor_name)
        contact.action_make_lead()
        self.assertEqual(contact.lead_id.contact_name, False)
        customer = self.make_customer()
        empty = self.register(
            visitor_name=False, visitor_phone=False, partner_id=customer.id
        )
        customer.sudo().write({"file_state": False})
        customer.sudo().write({"name": False, "phone": False, "type": "other"})
        with self.assert_refused(UserError, "name or phone"):
            empty.action_make_lead()

    def test_who_came_is_corrected_by_author_or_manager(self):
        contact = self.register()
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        with self.assert_refused(AccessError, "who came"):
            contact.with_user(other).visitor_name = "Nobody"
        contact.with_user(self.manager).visitor_name = "Sun Testa Junior"
        self.assertEqual(contact.visitor_name, "Sun Testa Junior")

    def test_visit_outlives_its_lead(self):
        contact = self.register()
        contact.action_make_lead()
        contact.lead_id.with_user(self.director).unlink()
        self.assertTrue(contact.exists())

    def open_dialog(self, contact):
        action = contact.action_make_lead()
        self.assertEqual(action["res_model"], "dealer.same.person")
        wizards = self.env["dealer.same.person"].with_user(contact.env.user)
        return wizards.browse(action["res_id"])
