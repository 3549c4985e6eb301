# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContactCheck(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.make_customer()
        cls.partner.file_state = "filed"
        # entered and changed before the test: only then a year can be over
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (NOW, cls.partner.id),
        )
        cls.env.invalidate_all()

    def is_listed(self, partner=None, user=None):
        partner = partner or self.partner
        partners = self.env["res.partner"].with_user(user or self.consultant)
        domain = [("is_check_due", "=", True), ("id", "=", partner.id)]
        found = bool(partners.search(domain))
        self.assertEqual(partners.browse(partner.id).is_check_due, found)
        return found

    def log_wrong_number(self, **values):
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        contacts.create(
            {"partner_id": self.partner.id, "outcome": "wrong_number", **values}
        )

    def test_wrong_number_is_on_the_list_until_the_phone_is_changed(self):
        self.assertFalse(self.is_listed())
        self.log_wrong_number()
        self.assertTrue(self.partner.phone_invalid and self.is_listed())
        self.assertIn("phone is wrong", self.partner.check_reason)
        self.partner.with_user(self.consultant).action_confirm_contact_data()
        self.assertTrue(self.partner.phone_invalid)
        self.partner.with_user(self.consultant).phone = self.next_phone()
        self.assertFalse(self.partner.phone_invalid)

    def test_wrong_letter_says_nothing_of_the_phone(self):
        self.log_wrong_number(channel="letter")
        self.assertFalse(self.partner.phone_invalid)

    def test_number_marked_by_mistake_is_right_again(self):
        self.log_wrong_number()
        self.partner.with_user(self.consultant).action_phone_is_right()
        self.assertFalse(self.is_listed())
        self.assertIn("The phone number is right", self.partner.message_ids[0].body)

    def test_stamp_moves_by_the_button_only(self):
        partner = self.partner.with_user(self.consultant)
        partner.write({"wechat_id": "wx"})
        self.assertFalse(partner.data_checked_on)
        partner.action_confirm_contact_data()
        self.assertEqual(partner.data_checked_by_id, self.consultant)
        self.assertEqual(str(partner.data_checked_on), NOW)
        for values in (
            {"data_checked_on": NOW},
            {"data_checked_by_id": self.consultant.id},
            {"phone_invalid": True},
        ):
            with self.assert_refused(AccessError, "set by the system only"):
                partner.write(values)
            with self.assert_refused(AccessError, "set by the system only"):
                self.env["res.partner"].with_user(self.consultant).create(
                    {"name": "X", "phone": self.next_phone(), **values}
                )

    def test_file_not_checked_for_the_months_of_the_branch_is_listed(self):
        self.partner.sudo().data_checked_on = "2025-03-10 03:00:00"
        self.assertFalse(self.is_listed())
        self.partner.sudo().data_checked_on = "2025-03-09 03:00:00"
        self.assertTrue(self.is_listed())
        self.assertIn("not checked since", self.partner.check_reason)
        self.branch.file_check_months = 24
        self.env.invalidate_all()
        self.assertFalse(self.is_listed())
        self.branch.file_check_months = 0
        self.partner.sudo().data_checked_on = "2001-03-09 03:00:00"
        self.assertFalse(self.is_listed())

    def test_file_never_checked_counts_from_its_entry(self):
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2024-01-01' WHERE id = %s",
            (self.partner.id,),
        )
        self.env.invalidate_all()
        self.assertTrue(self.is_listed())
        self.partner.with_user(self.consultant).action_confirm_contact_data()
        self.assertFalse(self.is_listed())

    def test_draft_is_listed_and_contacts_without_file_never(self):
        draft = self.make_customer()
        self.assertTrue(self.is_listed(draft))
        plain = self.env["res.partner"].create({"name": "ACME"})
        self.assertFalse(self.is_listed(plain))

    def test_change_at_a_contact_names_its_source(self):
        contact = self.env["dealer.contact"].create({"partner_id": self.partner.id})
        action = self.partner.with_user(self.consultant)._get_contact_check_action(
            contact
        )
        person = self.partner.with_user(self.consultant).with_context(
            **action["context"]
        )
        person.write({"street": "2 Other Road"})
        self.assertIn("Source: Logged Contact", self.partner.message_ids[0].body)
        self.assertIn("2 Other Road", self.partner.message_ids[0].body)
        person.action_confirm_contact_data()
        self.assertIn("checked with the customer", self.partner.message_ids[0].body)
        self.assertIn("Source: Logged Contact", self.partner.message_ids[0].body)

    def test_source_that_the_user_may_not_read_is_not_named(self):
        lead = self.make_lead(user_id=self.manager.id)
        person = self.partner.with_user(self.consultant)
        for source in (["crm.lead", lead.id], ["res.users", 1], "x", ["crm.lead"]):
            told = person.with_context(dealer_check_source=source)._get_check_source()
            self.assertEqual(told, "", source)

    def test_phone_change_is_tracked(self):
        partner = self.tracked(self.partner).with_user(self.consultant)
        old = partner.phone
        new = self.next_phone()
        partner.phone = new
        tracked = self.env["mail.tracking.value"].sudo()
        self.get_tracked_values(partner)
        tracked = partner.sudo().message_ids.tracking_value_ids.filtered(
            lambda v: v.field_id.name == "phone"
        )
        self.assertEqual((tracked.old_value_char, tracked.new_value_char), (old, new))
        self.assertEqual(tracked.mail_message_id.author_id, self.consultant.partner_id)

    def test_log_dialog_tells_how_to_talk(self):
        lead = self.make_lead(
            communication_style="direct", preferred_channel="wechat"
        ).with_user(self.consultant)
        contact = (
            self.env["dealer.contact"]
            .with_user(self.consultant)
            .new({"lead_id": lead.id})
        )
        self.assertEqual(contact.profile_hint, "WeChat · Brief and direct")
        self.partner.preferred_time = "evening"
        contact = self.env["dealer.contact"].new({"partner_id": self.partner.id})
        self.assertEqual(contact.profile_hint, "Evening")
        self.assertFalse(self.make_customer()._get_profile_hint())
