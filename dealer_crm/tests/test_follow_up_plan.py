# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, DealerCrmCase

KIND = "dealer_crm.mail_activity_type_follow_up"
TOMORROW = date(2026, 3, 11)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowUpPlan(DealerCrmCase):
    """Every open lead keeps a next contact; intervals, attempts, long-term care."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_a = cls.env.ref("dealer_crm.grade_a")
        cls.grade_c = cls.env.ref("dealer_crm.grade_c")

    def open_follow_ups(self, lead):
        return lead.activity_search([KIND])

    def test_plan_cannot_be_emptied_by_form_client_or_import(self):
        lead = self.make_lead()
        mine = lead.with_user(self.consultant)
        with self.assert_refused(ValidationError, "always has one"):
            self.call(
                self.consultant,
                "crm.lead",
                "write",
                lead.ids,
                {"next_contact_date": False},
            )
        with self.assert_refused(ValidationError, "Next Contact of"):
            with Form(mine) as form:
                form.next_contact_date = False
        with self.assert_refused(ValidationError, "always has one"):
            self.log_contact(lead, next_contact_date=False)
        _record, texts = self.enter_by_import(
            self.consultant,
            "dealer.contact",
            {
                "lead_id/.id": str(lead.id),
                "content": "Imported",
                "next_contact_date": "",
            },
        )
        self.assertIn("always has one", texts)
        self.assertEqual(lead.next_contact_date, TOMORROW)

    def test_closed_and_dormant_leads_need_no_plan(self):
        won, lost, dormant = (self.make_lead() for _index in range(3))
        won.action_set_won()
        lost.action_set_lost()
        dormant.dormant_on = "2026-03-10"
        for lead in won + lost + dormant:
            lead.with_user(self.manager).next_contact_date = False
            self.assertFalse(lead.next_contact_date)

    def test_leads_of_plain_crm_users_are_not_bound(self):
        plain = new_test_user(
            self.env,
            "test_plain_crm",
            "sales_team.group_sale_salesman",
            company_id=self.branch.id,
            company_ids=[self.branch.id],
        )
        lead = self.make_lead(user_id=plain.id, next_contact_date="2026-03-12")
        activity = self.open_follow_ups(lead).with_user(plain)
        activity.unlink()
        lead.with_user(plain).next_contact_date = False
        self.assertFalse(lead.next_contact_date)
        todo = lead.with_user(plain).activity_schedule(KIND, user_id=plain.id)
        todo.action_feedback()
        self.assertFalse(todo.active)

    def test_only_plan_is_not_deleted_cancelled_or_archived(self):
        lead = self.make_lead()
        activity = self.open_follow_ups(lead).with_user(self.consultant)
        for take_away in (
            activity.unlink,
            activity.action_cancel,
            activity.action_archive,
        ):
            with self.assert_refused(UserError, "always has a next contact"):
                take_away()
        self.assertEqual(self.open_follow_ups(lead).date_deadline, TOMORROW)

    def test_lead_and_its_plan_are_deleted_together(self):
        lead = self.make_lead()
        activity = self.open_follow_ups(lead)
        lead.with_user(self.manager).unlink()
        self.assertFalse(activity.exists())

    def test_follow_up_done_says_what_was_said(self):
        lead = self.make_lead(preferred_channel="wechat")
        activity = self.open_follow_ups(lead).with_user(self.consultant)
        for feedback in (False, "  "):
            with self.assert_refused(UserError, "What was said"):
                activity.action_feedback(feedback=feedback)
        activity.action_feedback(feedback="Comes on Saturday")
        self.assertRecordValues(
            lead.contact_ids,
            [
                {
                    "content": "Comes on Saturday",
                    "channel": "wechat",
                    "purpose": "invite",
                    "user_id": self.consultant.id,
                }
            ],
        )

    def test_one_text_for_many_follow_ups_is_refused(self):
        leads = self.make_lead() + self.make_lead()
        activities = self.open_follow_ups(leads).with_user(self.consultant)
        with self.assert_refused(UserError, "one by one"):
            activities.action_feedback(feedback="Called")

    def test_reached_follow_up_without_words_is_refused_everywhere(self):
        lead = self.make_lead()
        for content in (False, "", " \n "):
            with self.assert_refused(ValidationError, "What was said"):
                self.log_contact(lead, content=content)
        _record, texts = self.enter_by_import(
            self.consultant, "dealer.contact", {"lead_id/.id": str(lead.id)}
        )
        self.assertIn("What was said", texts)
        for outcome in ("not_reached", "call_later", "wrong_number"):
            self.assertTrue(self.log_contact(lead, outcome=outcome, content=False))
        contact = self.log_contact(lead)
        with self.assert_refused(ValidationError, "What was said"):
            contact.content = False

    def test_answers_are_corrected_by_author_or_manager(self):
        contact = self.log_contact(
            self.make_lead(),
            feedback="Likes it",
            need_change="Automatic now",
            next_step="Sends the papers",
        )
        other = self.make_user("other", "dealer_crm.group_sales_manager")
        contact.with_user(other).feedback = "Likes it much"
        contact.sudo().user_id = self.manager
        with self.assert_refused(AccessError, "author"):
            contact.with_user(self.consultant).feedback = "Hates it"

    def test_future_is_planned_not_logged(self):
        lead = self.make_lead()
        self.assertTrue(self.log_contact(lead, date="2026-03-10 04:05:00"))
        with self.assert_refused(ValidationError, "after it happened"):
            self.log_contact(lead, date="2026-03-10 04:05:01")

    def test_attempts_in_vain_are_counted_in_a_row(self):
        lead = self.make_lead()
        for count, outcome in enumerate(("not_reached", "wrong_number"), 1):
            self.log_contact(lead, outcome=outcome)
            self.assertEqual(lead.attempt_count, count)
        self.log_contact(lead, outcome="call_later")
        self.assertEqual(lead.attempt_count, 2)
        self.log_contact(lead)
        self.assertEqual(lead.attempt_count, 0)

    def test_third_attempt_in_vain_proposes_another_channel(self):
        lead = self.make_lead()
        context = lead.with_user(self.consultant).action_log_contact()["context"]
        contacts = self.env["dealer.contact"].with_user(self.consultant)
        for attempts, hint in ((1, False), (2, "3 attempts in vain: try WeChat.")):
            lead.attempt_count = attempts
            form = Form(
                contacts.with_context(**context),
                view="dealer_crm.dealer_contact_view_form_log",
            )
            form.outcome = "not_reached"
            self.assertEqual(form.attempt_hint or False, hint)
            self.assertEqual(form.next_channel or False, hint and "wechat")

    def test_long_term_lead_is_planned_by_itself(self):
        lead = self.make_lead(grade_id=self.grade_a.id, nurture_days=90)
        self.log_contact(lead)
        self.assertEqual(lead.next_contact_date, date(2026, 6, 8))
        self.assertEqual(self.open_follow_ups(lead).date_deadline, date(2026, 6, 8))
        self.log_contact(lead, next_contact_date=False)
        self.assertEqual(lead.next_contact_date, date(2026, 6, 8))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            lead.nurture_days = -1
            self.env.flush_all()

    def test_key_customers_are_contacted_at_half_the_interval(self):
        self.assertEqual(
            (self.grade_a.contact_interval, self.grade_c.contact_interval), (7, 30)
        )
        for grade, percent, days in (
            (self.grade_c, 50, 15),
            (self.grade_a, 50, 4),
            (self.grade_a, 1, 1),
            (self.grade_a, 100, 7),
        ):
            self.branch.key_follow_up_percent = percent
            lead = self.make_lead(grade_id=grade.id, is_key_follow_up=True)
            self.log_contact(lead)
            left = lead.next_contact_date - date(2026, 3, 10)
            self.assertEqual(left.days, days, (grade.code, percent))

    def test_mark_brings_the_next_contact_nearer(self):
        lead = self.make_lead(grade_id=self.grade_c.id)
        self.log_contact(lead)
        self.assertEqual(lead.next_contact_date, date(2026, 4, 9))
        lead.with_user(self.consultant).is_key_follow_up = True
        self.assertEqual(lead.next_contact_date, date(2026, 3, 25))
        self.assertEqual(self.open_follow_ups(lead).date_deadline, date(2026, 3, 25))
        near = self.make_lead(grade_id=self.grade_c.id, next_contact_date=TOMORROW)
        near.is_key_follow_up = True
        self.assertEqual(near.next_contact_date, TOMORROW)
        with freeze_time("2026-04-01 04:00:00"):
            late = self.make_lead(next_contact_date="2026-04-20")
            late.grade_id = self.grade_c
            late.last_contact_date = "2026-03-01 04:00:00"
            late.next_contact_date = "2026-04-20"
            late.is_key_follow_up = True
            self.assertEqual(late.next_contact_date, date(2026, 4, 1))

    def test_key_customers_come_first_in_the_list(self):
        view = self.env.ref("dealer_crm.crm_lead_view_list")
        arch = self.env["crm.lead"].get_view(view.id, "list")["arch"]
        self.assertIn('default_order="is_key_follow_up desc, next_contact_date', arch)
        plain = self.make_lead(next_contact_date="2026-03-10")
        key = self.make_lead(next_contact_date="2026-03-12", is_key_follow_up=True)
        found = self.env["crm.lead"].search(
            [("id", "in", (plain + key).ids)],
            order="is_key_follow_up desc, next_contact_date, id desc",
        )
        self.assertEqual(found, key + plain)

    def test_merged_leads_keep_mark_and_preparation(self):
        one = self.make_lead(grade_id=self.grade_a.id)
        other = self.make_lead(
            is_key_follow_up=True, talking_points="Insurance", nurture_days=60
        )
        referrer = self.log_contact(one)
        referrer.sudo().referred_lead_id = other
        remaining = (one + other).with_user(self.manager).merge_opportunity()
        self.assertTrue(remaining.is_key_follow_up)
        self.assertEqual(remaining.talking_points, "Insurance")
        self.assertEqual(remaining.nurture_days, 60)
        self.assertEqual(referrer.referred_lead_id, remaining)
