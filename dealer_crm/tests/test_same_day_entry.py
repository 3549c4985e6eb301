# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW
from .register_common import RegisterCase

EVENING = "2026-03-10 12:30:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSameDayEntry(RegisterCase):
    """Name and phone left: a lead by the evening, else a to-do for the consultant."""

    def line(self, user=None, **values):
        user = user or self.li
        defaults = {
            "visitor_name": "Sun Testa",
            "visitor_phone": self.next_phone(),
            "user_id": user.id,
            "is_read_back": True,
        }
        return self.visit(user, **defaults | values)

    def reminders(self, user=None):
        return self.env["mail.activity"].search(
            [("user_id", "=", (user or self.li).id), ("res_model", "=", False)]
        )

    def run_evening(self):
        with freeze_time(EVENING):
            self.run_job("remind_entries")

    def test_consultant_is_reminded_once_of_all_his_visitors(self):
        lines = self.line() + self.line(visitor_name="<b>Qian</b> Testa")
        self.run_evening()
        self.run_evening()
        reminder = self.reminders()
        self.assertEqual(len(reminder), 1)
        self.assertIn("2", reminder.summary)
        self.assertIn("&lt;b&gt;Qian", str(reminder.note))
        self.assertEqual(lines.entry_activity_id, reminder)

    def test_nobody_is_reminded_before_the_hour(self):
        self.line()
        self.run_job("remind_entries")
        self.assertFalse(self.reminders())

    def test_a_run_that_was_missed_is_caught_up_the_next_day(self):
        self.line()
        with freeze_time("2026-03-11 01:00:00"):
            self.run_job("remind_entries")
        self.assertEqual(len(self.reminders()), 1)

    def test_lead_of_the_day_needs_no_reminder(self):
        self.line().action_make_lead()
        self.line(visitor_phone=False)
        self.line(purpose="service")
        self.run_evening()
        self.assertFalse(self.reminders())

    def test_reminder_is_done_when_the_last_one_is_a_lead(self):
        lines = [self.line(), self.line(visitor_name="Qian Testa")]
        self.run_evening()
        reminder = self.reminders()
        lines[0].action_make_lead()
        self.assertTrue(reminder.active)
        lines[1].action_make_lead()
        self.assertFalse(reminder.exists().active)

    def test_each_branch_goes_by_its_own_clock(self):
        self.branch.partner_id.tz = "America/New_York"
        self.line()
        self.run_evening()
        self.assertFalse(self.reminders())

    def test_list_of_those_not_entered_is_the_managers(self):
        line, entered = self.line(), self.line(visitor_name="Qian Testa")
        entered.action_make_lead()
        domain = self.env["dealer.contact"]._get_not_entered_domain()
        found = self.env["dealer.contact"].with_user(self.manager).search(domain)
        self.assertIn(line, found)
        self.assertNotIn(entered, found)
