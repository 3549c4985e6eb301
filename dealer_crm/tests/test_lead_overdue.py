# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_lead_response import MORNING, ResponseCase

OVERDUE = "mail_activity_type_overdue_contact"


@tagged("post_install", "-at_install")
class TestOverdue(ResponseCase):
    """Contacts overdue for days reach the manager; consultants hear each morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_lead_at(MORNING, next_contact_date="2026-03-11")

    def test_manager_gets_one_activity_not_one_per_run(self):
        """Acceptance of LEAD-06."""
        with freeze_time("2026-03-13 04:00:00"):
            self.run_watch()
            self.assertFalse(self.get_alarms(self.lead, OVERDUE))
        for day in (14, 15, 16):
            with freeze_time(f"2026-03-{day} 04:00:00"):
                self.run_watch()
        alarm = self.get_alarms(self.lead, OVERDUE)
        self.assertEqual(alarm.user_id, self.manager)
        self.assertEqual(len(alarm), 1)

    def test_contact_closes_it_and_the_next_delay_opens_another(self):
        with freeze_time("2026-03-14 04:00:00"):
            self.run_watch()
            self.log_contact(self.lead, content="x", next_contact_date="2026-03-16")
            self.assertFalse(self.get_alarms(self.lead, OVERDUE))
        with freeze_time("2026-03-19 04:00:00"):
            self.run_watch()
        self.assertEqual(len(self.get_alarms(self.lead, OVERDUE)), 1)

    def test_moved_within_the_past_it_stays(self):
        with freeze_time("2026-03-14 04:00:00"):
            self.run_watch()
            self.lead.next_contact_date = "2026-03-10"
        self.assertTrue(self.get_alarms(self.lead, OVERDUE))

    def test_setting_off(self):
        self.branch.lead_overdue_days = 0
        with freeze_time("2026-03-30 04:00:00"):
            self.run_watch()
        self.assertFalse(self.get_alarms(self.lead, OVERDUE))

    def test_marker_is_not_typed(self):
        with self.assertRaises(AccessError):
            self.call(
                self.consultant,
                "crm.lead",
                "write",
                self.lead.ids,
                {"overdue_alarm_on": "2026-03-14"},
            )

    def get_digests(self, user, since):
        return self.env["mail.message"].search(
            [("id", ">", since), ("partner_ids", "in", user.partner_id.ids)]
        )

    def run_digest(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("dealer_crm.ir_cron_send_follow_up_digest")
            cron.method_direct_trigger()

    def test_one_message_each_morning(self):
        self.make_lead_at(MORNING, next_contact_date="2026-03-12")
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time("2026-03-11 23:30:00"):  # 7:30 of the 12th
            self.run_digest()
            self.assertFalse(self.get_digests(self.consultant, last))
        for minute in (10, 40):
            with freeze_time(f"2026-03-12 00:{minute}:00"):
                self.run_digest()
        message = self.get_digests(self.consultant, last)
        self.assertEqual(len(message), 1)
        self.assertEqual(message.subject, "Your contacts today: 2")
        self.assertIn("Overdue: 1", message.body)
        self.assertIn("Due today: 1", message.body)
        self.assertNotIn(self.lead.contact_name, message.body)
        with freeze_time("2026-03-13 00:10:00"):
            self.run_digest()
        self.assertEqual(len(self.get_digests(self.consultant, last)), 2)

    def test_no_message_at_noon_nor_on_days_off(self):
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        for moment in ("2026-03-12 05:00:00", "2026-03-14 00:30:00"):
            with freeze_time(moment):
                self.run_digest()
        self.assertFalse(self.get_digests(self.consultant, last))

    def test_message_in_the_language_of_the_consultant(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.consultant.lang = "fr_FR"
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time("2026-03-12 00:10:00"):
            self.run_digest()
        self.assertTrue(self.get_digests(self.consultant, last))

    def test_who_has_nothing_due_hears_nothing(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time("2026-03-12 00:10:00"):
            self.run_digest()
        self.assertFalse(self.get_digests(other, last))
