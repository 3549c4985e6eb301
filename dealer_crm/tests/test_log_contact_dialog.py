# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, DealerCrmCase

DIALOG = "dealer_crm.dealer_contact_view_form_log"
KIND = "dealer_crm.mail_activity_type_follow_up"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLogContactDialog(DealerCrmCase):
    """The one dialog: what it proposes, what it asks, what it makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_a = cls.env.ref("dealer_crm.grade_a")
        cls.grade_h = cls.env.ref("dealer_crm.grade_h")

    def open_dialog(self, lead, **values):
        """The dialog as the consultant gets it from the lead, filled with values."""
        lead = lead.with_user(self.consultant)
        context = lead.action_log_contact()["context"]
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        form = Form(contacts.with_context(**context), view=DIALOG)
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def test_three_entries_log_a_contact_with_the_grade_kept(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        form = self.open_dialog(lead, outcome="reached", content="Comes on Saturday")
        self.assertTrue(form.purpose)
        self.assertEqual(form.purpose, lead.next_contact_purpose)
        self.assertEqual(form.grade_answer, "keep")
        contact = form.save()
        self.assertEqual(contact.grade_id, self.grade_a)
        self.assertEqual(lead.next_contact_date, date(2026, 3, 17))
        log = lead.grade_log_ids.sorted("id")[-1]
        self.assertEqual(
            (log.step, log.grade_from_id, log.grade_to_id),
            ("follow_up", self.grade_a, self.grade_a),
        )

    def test_proposal_against_the_grade_has_to_be_answered(self):
        lead = self.make_lead(
            grade_id=self.grade_a.id, purchase_date_expected="2026-03-13"
        )
        form = self.open_dialog(lead, outcome="reached", content="Buys this week")
        self.assertFalse(form.grade_answer)
        self.assertIn("proposal H", form.grade_question)
        self.assertEqual(form.grade_answer_choices, ["keep", "proposed", "other"])
        with self.assertRaisesRegex(AssertionError, "grade_answer"):
            form.save()
        form.grade_answer = "proposed"
        self.assertEqual(form.grade_id, self.grade_h)
        form.save()
        self.assertEqual(lead.grade_id, self.grade_h)
        self.assertIn("3 days", lead.grade_reason)
        self.assertEqual(lead.next_contact_date, date(2026, 3, 12))

    def test_grade_whose_window_passed_is_asked_again(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        lead.grade_lapsed_on = "2026-03-09"
        form = self.open_dialog(lead, outcome="reached", content="Still looking")
        self.assertFalse(form.grade_answer)
        form.grade_answer = "keep"
        form.save()
        self.assertFalse(lead.grade_lapsed_on)

    def test_another_grade_needs_a_reason(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        values = {"outcome": "reached", "content": "Cash", "grade_answer": "other"}
        with self.assert_refused(ValidationError, "say why"):
            self.log_contact(lead, grade_id=self.grade_h.id, **values)
        form = self.open_dialog(lead, **values)
        form.grade_id = self.grade_h
        form.grade_reason = "Has the money ready"
        form.save()
        self.assertEqual(lead.grade_id, self.grade_h)

    def test_first_grade_needs_no_reason(self):
        lead = self.make_lead()
        form = self.open_dialog(lead, outcome="reached", content="Looks around")
        self.assertEqual(form.grade_answer_choices, ["other"])
        self.assertEqual(form.grade_answer, "other")
        with self.assertRaisesRegex(AssertionError, "grade_id"):
            form.save()
        form.grade_id = self.grade_a
        form.save()
        self.assertEqual(lead.grade_id, self.grade_a)

    def test_who_was_not_reached_is_not_graded(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        before = len(lead.grade_log_ids)
        form = self.open_dialog(lead, outcome="not_reached")
        self.assertFalse(form.is_grade_asked)
        contact = form.save()
        self.assertFalse(contact.grade_id)
        self.assertEqual(len(lead.grade_log_ids), before)

    def test_not_reached_without_a_dialog(self):
        lead = self.make_lead(preferred_channel="wechat")
        lead.with_user(self.consultant).action_log_not_reached()
        self.assertRecordValues(
            lead.contact_ids,
            [
                {
                    "outcome": "not_reached",
                    "channel": "wechat",
                    "purpose": "invite",
                    "user_id": self.consultant.id,
                }
            ],
        )
        self.assertEqual(lead.next_contact_date, date(2026, 3, 11))

    def test_only_follow_up_purposes_are_offered_for_a_lead(self):
        form = self.open_dialog(self.make_lead())
        self.assertEqual(
            form.purpose_choices,
            ["invite", "need", "quote", "test_drive", "handover", "follow_up"],
        )
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        desk = Form(
            contacts.with_context(default_partner_id=self.make_customer().id),
            view=DIALOG,
        )
        self.assertNotIn("handover", desk.purpose_choices)
        self.assertIn("complaint", desk.purpose_choices)

    def test_purpose_is_chosen_where_none_is_planned(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        lead.next_contact_purpose = False
        form = self.open_dialog(lead, outcome="reached", content="Asked for a price")
        with self.assertRaisesRegex(AssertionError, "purpose"):
            form.save()
        form.purpose = "quote"
        form.next_purpose = "test_drive"
        form.save()
        self.assertEqual(lead.next_contact_purpose, "test_drive")
        summary = lead.activity_search([KIND]).summary
        self.assertIn("Test Drive", summary)

    def test_block_above_the_box_tells_the_last_five_talks(self):
        lead = self.make_lead(talking_points="Ask about <b>colour</b>")
        for number in range(6):
            self.log_contact(
                lead, date=f"2026-03-0{number + 1} 02:00:00", content=f"Talk {number}"
            )
        lead.talking_points = "Ask about <b>colour</b>"
        lead.objection_ids = self.env.ref("dealer_crm.objection_think")
        brief = str(self.open_dialog(lead).talk_brief)
        self.assertIn("Talk 5", brief)
        self.assertIn("Talk 1", brief)
        self.assertNotIn("Talk 0", brief)
        self.assertLess(brief.index("Talk 5"), brief.index("Talk 1"))
        self.assertIn(self.car_model.name, brief)
        self.assertIn("Ask about &lt;b&gt;colour&lt;/b&gt;", brief)
        self.assertIn("I want to think it over", brief)

    def test_talks_of_other_consultants_are_not_shown(self):
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        customer = self.make_customer()
        theirs = self.make_lead(user_id=other.id, partner_id=customer.id)
        self.log_contact(theirs, user=other, content="Secret price")
        mine = self.make_lead(partner_id=customer.id)
        self.assertNotIn("Secret price", str(self.open_dialog(mine).talk_brief))

    def test_what_was_prepared_is_kept_with_the_talk(self):
        objection = self.env.ref("dealer_crm.objection_price")
        lead = self.make_lead(
            talking_points="Offer the test drive", objection_ids=[(6, 0, objection.ids)]
        )
        missed = self.log_contact(lead, outcome="not_reached")
        self.assertFalse(missed.talking_points)
        self.assertEqual(lead.talking_points, "Offer the test drive")
        talk = self.log_contact(lead, content="He takes it")
        self.assertEqual(talk.talking_points, "Offer the test drive")
        self.assertEqual(talk.objection_ids, objection)
        self.assertFalse(lead.talking_points)
        self.assertFalse(lead.objection_ids)
        with self.assert_refused(UserError, "is history"):
            talk.with_user(self.consultant).talking_points = "Something else"

    def test_promise_of_an_answer_is_a_dated_activity(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        form = self.open_dialog(
            lead, outcome="reached", content="Wants the colour list", has_promise=True
        )
        self.assertEqual(form.promise_date, date(2026, 3, 11))
        form.promise_name = "Send the colour list"
        form.save()
        promise = lead.promise_ids
        self.assertEqual(
            (promise.name, promise.date_due, promise.user_id),
            ("Send the colour list", date(2026, 3, 11), self.consultant),
        )
        self.assertEqual(promise.activity_id.date_deadline, date(2026, 3, 11))
        with self.assert_refused(ValidationError, "say which one"):
            self.log_contact(lead, has_promise=True, promise_date="2026-03-11")

    def test_appointment_is_linked_and_invites_nobody_unasked(self):
        customer = self.make_customer(email="wang@example.com")
        lead = self.make_lead(partner_id=customer.id, grade_id=self.grade_a.id)
        form = self.open_dialog(
            lead, outcome="reached", content="Comes to see it", has_appointment=True
        )
        # ten o'clock at the branch on the day of the next contact
        self.assertEqual(str(form.appointment_start), "2026-03-17 02:00:00")
        event = form.save().calendar_event_id
        self.assertEqual(event.opportunity_id, lead)
        self.assertEqual(event.user_id, self.consultant)
        self.assertEqual(event.partner_ids, self.consultant.partner_id)
        invited = self.log_contact(
            lead,
            has_appointment=True,
            appointment_start="2026-03-12 02:00:00",
            is_customer_invited=True,
        )
        self.assertIn(customer, invited.calendar_event_id.partner_ids)

    def test_person_recommended_becomes_a_linked_lead(self):
        customer = self.make_customer()
        lead = self.make_lead(partner_id=customer.id)
        contact = self.log_contact(
            lead,
            has_referral=True,
            referral_name="Sun Testa",
            referral_phone="13811112222",
        )
        referred = contact.referred_lead_id
        self.assertRecordValues(
            referred,
            [
                {
                    "contact_name": "Sun Testa",
                    "referrer_id": customer.id,
                    "user_id": self.consultant.id,
                    "company_id": self.branch.id,
                    "source_id": self.env.ref("dealer_crm.source_referral").id,
                }
            ],
        )
        self.assertEqual(referred.next_contact_date, date(2026, 3, 11))
        with self.assert_refused(ValidationError, "open lead already"):
            self.log_contact(lead, has_referral=True, referral_phone="13811112222")
        with self.assert_refused(ValidationError, "name or the phone"):
            self.log_contact(lead, has_referral=True, referral_name=" ")

    def test_links_are_not_changed_afterwards(self):
        contact = self.log_contact(self.make_lead())
        with self.assert_refused(UserError, "is history"):
            contact.referred_lead_id = self.make_lead()

    def count_queries(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_dialog_costs_the_same_after_fifty_talks(self):
        few, many = self.make_lead(), self.make_lead()
        for lead, count in ((few, 5), (many, 50)):
            for _number in range(count):
                self.log_contact(lead)
        self.open_dialog(few)
        first = self.count_queries(lambda: self.open_dialog(few))
        second = self.count_queries(lambda: self.open_dialog(many))
        self.assertLessEqual(second, first)
        self.count_queries(lambda: self.log_contact(few))
        first = self.count_queries(lambda: self.log_contact(few))
        second = self.count_queries(lambda: self.log_contact(many))
        self.assertLessEqual(second, first)
