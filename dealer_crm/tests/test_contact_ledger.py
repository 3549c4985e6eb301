# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, DealerCrmCase

KIND = "dealer_crm.mail_activity_type_follow_up"
TOMORROW = date(2026, 3, 11)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContactLedger(DealerCrmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_a = cls.env.ref("dealer_crm.grade_a")
        cls.grade_h = cls.env.ref("dealer_crm.grade_h")
        cls.grade_c = cls.env.ref("dealer_crm.grade_c")

    def open_follow_ups(self, lead):
        return lead.activity_search([KIND])

    def test_new_lead_is_contacted_within_a_day(self):
        lead = self.make_lead()
        self.assertEqual(lead.next_contact_date, TOMORROW)
        activity = self.open_follow_ups(lead)
        self.assertEqual(
            (activity.date_deadline, activity.user_id), (TOMORROW, self.consultant)
        )

    def test_logged_contact_closes_the_planned_one_and_plans_the_next(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        planned = self.open_follow_ups(lead)
        contact = self.log_contact(lead, content="Comes on Saturday")
        self.assertFalse(planned.active)
        self.assertEqual(planned.state, "done")
        self.assertEqual(planned.feedback, "Comes on Saturday")
        self.assertEqual(contact.next_contact_date, date(2026, 3, 17))
        self.assertEqual(lead.next_contact_date, date(2026, 3, 17))
        self.assertEqual(lead.last_contact_date, datetime.fromisoformat(NOW))
        following = self.open_follow_ups(lead)
        self.assertEqual(len(following), 1)
        self.assertEqual(following.date_deadline, date(2026, 3, 17))

    def test_interval_follows_the_grade(self):
        for grade in (self.grade_h, self.grade_a, self.grade_c):
            lead = self.make_lead(grade_id=grade.id)
            self.log_contact(lead)
            self.assertEqual(
                lead.next_contact_date,
                date(2026, 3, 10) + timedelta(grade.contact_interval),
            )

    def test_not_reached_is_an_attempt_and_comes_back_tomorrow(self):
        for outcome in ("not_reached", "call_later"):
            lead = self.make_lead(grade_id=self.grade_c.id)
            self.log_contact(lead, outcome=outcome)
            self.assertEqual(lead.contact_ids.mapped("outcome"), [outcome])
            self.assertEqual(lead.next_contact_date, TOMORROW)
            self.assertEqual(self.open_follow_ups(lead).date_deadline, TOMORROW)

    def test_day_chosen_by_hand_is_kept(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        self.log_contact(lead, next_contact_date="2026-04-01")
        self.assertEqual(lead.next_contact_date, date(2026, 4, 1))

    def test_grade_decided_at_the_contact(self):
        lead = self.make_lead(grade_id=self.grade_c.id)
        self.log_contact(
            lead, grade_id=self.grade_h.id, grade_reason="Wants it this week"
        )
        self.assertEqual(
            (lead.grade_id, lead.next_contact_date.day), (self.grade_h, 12)
        )
        self.assertEqual(
            self.env["dealer.grade.log"].search([], limit=1).reason,
            "Wants it this week",
        )

    def test_dialog_from_the_lead_needs_two_entries(self):
        lead = self.make_lead(grade_id=self.grade_a.id).with_user(self.consultant)
        action = lead.action_log_contact()
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        form = Form(
            contacts.with_context(**action["context"]),
            view="dealer_crm.dealer_contact_view_form_log",
        )
        form.channel = "wechat"
        form.content = "Asked for a photo"
        self.assertEqual(form.next_contact_date, date(2026, 3, 17))
        with self.assertRaisesRegex(AssertionError, "outcome"):
            form.save()
        form.outcome = "not_reached"
        self.assertEqual(form.next_contact_date, TOMORROW)
        contact = form.save()
        self.assertRecordValues(
            contact,
            [
                {
                    "lead_id": lead.id,
                    "user_id": self.consultant.id,
                    "company_id": self.branch.id,
                    # the first step of the plan of grade A
                    "purpose": "test_drive",
                }
            ],
        )

    def test_old_contact_entered_late_is_not_the_last_one(self):
        lead = self.make_lead()
        self.log_contact(lead)
        self.log_contact(lead, date="2026-01-05 08:00:00")
        self.assertEqual(lead.last_contact_date, datetime.fromisoformat(NOW))

    def test_old_contact_entered_late_moves_no_plan(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        self.log_contact(lead, next_contact_date="2026-04-01")
        self.log_contact(
            lead,
            date="2026-01-05 08:00:00",
            outcome="not_reached",
            grade_id=self.grade_h.id,
        )
        self.assertEqual(lead.next_contact_date, date(2026, 4, 1))
        self.assertEqual(lead.grade_id, self.grade_a)
        self.assertEqual(self.open_follow_ups(lead).date_deadline, date(2026, 4, 1))

    def test_author_is_who_logs_it(self):
        lead = self.make_lead()
        with self.assert_refused(AccessError, "somebody else"):
            self.log_contact(lead, user_id=self.manager.id)
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        with self.assert_refused(AccessError, "somebody else"):
            contacts.with_context(default_user_id=self.manager.id).create(
                {"lead_id": lead.id}
            )
        contact = self.log_contact(lead, user=self.manager, user_id=self.consultant.id)
        self.assertEqual(contact.user_id, self.consultant)

    def test_showroom_visit_comes_in(self):
        lead = self.make_lead()
        self.assertEqual(self.log_contact(lead, channel="visit").direction, "in")
        self.assertEqual(self.log_contact(lead).direction, "out")
        call = self.log_contact(lead, channel="phone", direction="in")
        self.assertEqual(call.direction, "in")

    def test_closed_lead_gets_no_next_contact(self):
        lead = self.make_lead()
        lead.action_set_won()
        self.log_contact(lead, user=self.manager)
        self.assertFalse(lead.next_contact_date)
        self.assertFalse(self.open_follow_ups(lead))

    def test_won_or_lost_lead_waits_for_no_contact(self):
        for close in ("action_set_won", "action_set_lost"):
            lead = self.make_lead()
            getattr(lead, close)()
            self.assertFalse(lead.next_contact_date, close)
            self.assertFalse(self.open_follow_ups(lead), close)

    def test_text_is_corrected_by_author_or_manager(self):
        contact = (
            self.env["dealer.contact"]
            .with_user(self.consultant)
            .create({"partner_id": self.make_customer().id, "content": "Comes tomorow"})
        )
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        with self.assert_refused(AccessError, "author"):
            contact.with_user(other).write({"content": "Never comes"})
        contact.with_user(self.consultant).write({"content": "Comes tomorrow"})
        contact.with_user(self.manager).write({"content": "Comes on Friday"})
        self.assertEqual(contact.content, "Comes on Friday")

    def test_follow_up_moves_with_day_and_consultant(self):
        lead = self.make_lead()
        lead.write({"next_contact_date": "2026-03-20", "user_id": self.manager.id})
        activity = self.open_follow_ups(lead)
        self.assertEqual(
            (len(activity), activity.date_deadline, activity.user_id),
            (1, date(2026, 3, 20), self.manager),
        )
        lead.next_contact_date = False
        self.assertFalse(self.open_follow_ups(lead))

    def test_overdue_from_the_day_after(self):
        lead = self.make_lead(next_contact_date="2026-03-10")
        self.assertFalse(lead.is_contact_overdue)
        lead.next_contact_date = "2026-03-09"
        self.assertTrue(lead.is_contact_overdue)

    def test_history_cannot_be_moved(self):
        lead = self.make_lead(partner_id=self.make_customer().id)
        contact = self.log_contact(lead, vehicle_id=self.make_car().id)
        for name, value in {
            "date": "2026-03-01 08:00:00",
            "user_id": self.manager.id,
            "channel": "visit",
            "direction": "in",
            "purpose": "complaint",
            "outcome": "not_reached",
            "next_contact_date": "2026-05-01",
            "grade_id": self.grade_a.id,
            "grade_reason": "Other reason",
            "vehicle_id": self.make_car().id,
            "company_id": self.other_branch.id,
            "partner_id": self.make_customer().id,
            "lead_id": self.make_lead().id,
        }.items():
            for user in (self.consultant, self.director):
                with self.assert_refused(UserError, "is history"):
                    contact.with_user(user).write({name: value})
        contact.write({"content": "Corrected", "channel": "phone"})
        self.assertEqual(contact.content, "Corrected")

    def test_history_cannot_be_deleted_by_staff(self):
        contact = self.log_contact(self.make_lead())
        for user in (self.consultant, self.manager):
            with self.assertRaises(AccessError):
                contact.with_user(user).unlink()

    def test_lead_that_becomes_a_customer_brings_its_history(self):
        lead = self.make_lead()
        contact = self.log_contact(lead)
        self.assertFalse(contact.partner_id)
        customer = self.make_customer()
        lead.with_user(self.consultant).partner_id = customer
        self.assertEqual(contact.partner_id, customer)
        self.assertEqual(customer.contact_ids, contact)

    def test_contact_of_a_known_customer_takes_him_from_the_lead(self):
        customer = self.make_customer()
        contact = self.log_contact(self.make_lead(partner_id=customer.id))
        self.assertEqual(contact.partner_id, customer)

    def test_merged_leads_keep_their_history(self):
        one, other = self.make_lead(grade_id=self.grade_a.id), self.make_lead()
        contacts = self.log_contact(one, next_contact_date="2026-04-01")
        contacts += self.log_contact(other, next_contact_date="2026-04-02")
        remaining = (one + other).with_user(self.manager).merge_opportunity()
        self.assertEqual(contacts.lead_id, remaining)
        self.assertEqual(remaining.contact_ids, contacts)
        self.assertEqual(
            [day.day for day in contacts.mapped("next_contact_date")], [1, 2]
        )
        self.assertIn(self.grade_a, remaining.grade_log_ids.grade_to_id)

    def test_contact_without_anybody_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation) as error:
            self.env["dealer.contact"].create({"content": "Who was it?"})
        self.assertIn("_who_check", str(error.exception))

    def test_other_branch_sees_nothing_of_it(self):
        contact = self.log_contact(self.make_lead())
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_manager", self.other_branch
        )
        with self.assertRaises(AccessError):
            contact.with_user(stranger).read(["content"])
        found = self.env["dealer.contact"].with_user(stranger).search([])
        self.assertNotIn(contact, found)
