# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase

MOMENT = datetime.fromisoformat(NOW)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContactIntegrity(DealerCrmCase):
    """Records that look made up, found at exactly the limits of the branch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_lead()
        cls.clock = MOMENT - timedelta(days=20)

    def enter(self, made=None, date=None, user=None, **values):
        """A contact entered at ``made``, each in a transaction of its own."""
        if made is None:
            type(self).clock += timedelta(hours=1)
            made = self.clock
        values.setdefault("content", f"Spoke about the price, {made}")
        values.setdefault("channel", "wechat")
        contact = self.log_contact(self.lead, user=user, date=date or made, **values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_contact SET create_date = %s WHERE id = %s",
            (made, contact.id),
        )
        self.env.invalidate_all()
        return contact

    def check(self):
        return self.env["dealer.contact"]._check_integrity(self.branch)

    def notes(self, contacts):
        self.check()
        return [contact.sudo().integrity_note or "" for contact in contacts]

    def test_ordinary_records_are_in_order(self):
        contacts = [self.enter() for _index in range(4)]
        self.assertEqual(self.notes(contacts), [""] * 4)

    def test_same_text_three_times_within_seven_days(self):
        start = MOMENT - timedelta(days=10)
        times = [start, start + DAY, start + timedelta(days=7)]
        contacts = [
            self.enter(moment, content=text)
            for moment, text in zip(
                times, ("Will think", " will  THINK", "Will\nthink"), strict=True
            )
        ]
        self.assertEqual(self.notes(contacts), ["copied"] * 3)

    def test_same_text_two_times_or_over_a_longer_time_is_no_copy(self):
        start = MOMENT - timedelta(days=10)
        late = start + timedelta(days=7, seconds=1)
        contacts = [
            self.enter(moment, content="Will think")
            for moment in (start, start + DAY, late)
        ]
        self.assertEqual(self.notes(contacts), [""] * 3)

    def test_words_of_two_people_are_no_copy(self):
        contacts = [
            self.enter(content="Will think", user=user)
            for user in (self.consultant, self.consultant, self.manager)
        ]
        self.assertEqual(self.notes(contacts), [""] * 3)

    def test_nobody_answered_may_be_said_often(self):
        contacts = [
            self.enter(content="No answer", outcome="not_reached")
            for _index in range(5)
        ]
        self.assertEqual(self.notes(contacts), [""] * 5)

    def test_twenty_calls_within_a_minute(self):
        for last, note in ((60, "burst"), (61, "")):
            start = self.clock + timedelta(days=2)
            type(self).clock = start + DAY
            seconds = [*range(19), last]
            contacts = [
                self.enter(
                    start + timedelta(seconds=second),
                    date=start,
                    channel="phone",
                    content=f"Call {last} {second}",
                )
                for second in seconds
            ]
            self.assertEqual(self.notes(contacts), [note] * 20)

    def test_nineteen_calls_or_other_channels_are_no_burst(self):
        start = MOMENT - timedelta(days=5)
        calls = [
            self.enter(start + timedelta(seconds=n), channel="phone") for n in range(19)
        ]
        others = [
            self.enter(start + timedelta(seconds=20 + n), channel="wechat")
            for n in range(10)
        ]
        self.assertEqual(self.notes(calls + others), [""] * 29)

    def test_rows_of_one_import_are_left_alone(self):
        made = MOMENT - timedelta(days=3)
        contacts = [
            self.enter(made, date=made, content="Ok", channel="phone")
            for _index in range(25)
        ]
        self.assertEqual(self.notes(contacts), [""] * 25)

    def test_next_to_no_text(self):
        short = self.enter(content=" ok. ")
        enough = self.enter(content="okay")
        missed = self.enter(content="ok", outcome="not_reached")
        self.assertEqual(self.notes([short, enough, missed]), ["short", "", ""])

    def test_entered_more_than_a_day_late(self):
        made = MOMENT - timedelta(days=2)
        in_time = self.enter(made, date=made - DAY)
        late = self.enter(
            made + MINUTE, date=made - DAY + MINUTE - timedelta(seconds=1)
        )
        self.assertEqual(self.notes([in_time, late]), ["", "late"])
        self.assertEqual([in_time.is_entered_late, late.is_entered_late], [False, True])

    def test_zero_switches_a_rule_off(self):
        self.branch.write(
            {
                "odd_copy_count": 0,
                "odd_burst_calls": 0,
                "odd_short_length": 0,
                "odd_late_days": 0,
            }
        )
        contacts = [
            self.enter(date=self.clock - timedelta(days=9), content="ok")
            for _index in range(4)
        ]
        self.assertEqual(self.notes(contacts), [""] * 4)

    def test_check_twice_changes_nothing(self):
        self.enter(content="ok")
        self.assertEqual(self.check(), 1)
        self.assertEqual(self.check(), 0)

    def test_third_copy_proves_the_first_two(self):
        first = [self.enter(content="Will think") for _index in range(2)]
        self.assertEqual(self.notes(first), ["", ""])
        third = self.enter(content="Will think")
        self.assertEqual(self.notes([*first, third]), ["copied"] * 3)

    def test_job_looks_through_all_branches(self):
        contact = self.enter(content="ok")
        with self.enter_registry_test_mode():
            self.env.ref("dealer_crm.ir_cron_check_integrity").method_direct_trigger()
        self.assertEqual(contact.sudo().integrity_note, "short")

    def test_manager_reads_asks_and_settles(self):
        contact = self.enter(content="ok")
        self.check()
        with self.assertRaises(AccessError):
            contact.with_user(self.consultant).read(["integrity_note"])
        mine = contact.with_user(self.manager)
        self.assertEqual(mine.integrity_text, "says next to nothing")
        odd = self.env["dealer.contact"].with_user(self.manager)
        self.assertIn(contact, odd.search(odd._get_odd_domain()))
        self.call(self.manager, "dealer.contact", "action_integrity_ok", contact.ids)
        self.assertNotIn(contact, odd.search(odd._get_odd_domain()))
        self.assertEqual(self.check(), 0)

    def test_nobody_settles_his_own_or_writes_the_note(self):
        theirs = self.enter(content="ok", user=self.manager)
        self.check()
        with self.assert_refused(AccessError, "Somebody else decides"):
            theirs.with_user(self.manager).action_integrity_ok()
        with self.assert_refused(AccessError, "manager decides"):
            self.enter(content="ok").with_user(self.consultant).action_integrity_ok()
        for name in ("integrity_note", "integrity_ok_by_id"):
            with self.assert_refused(AccessError, "found by the system"):
                theirs.with_user(self.manager).write({name: False})
        made = (
            self.env["dealer.contact"]
            .with_user(self.manager)
            .with_context(default_integrity_ok_by_id=self.manager.id)
            .create({"lead_id": self.lead.id, "content": "Spoke"})
        )
        self.assertFalse(made.integrity_ok_by_id)
