# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestConsent(DealerCrmCase):
    """Per channel and purpose, with history; core's blacklists follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.country_id = cls.env.ref("base.cn")
        cls.customer = cls.make_customer(
            phone="13800138000",
            email="li@example.com",
            country_id=cls.env.ref("base.cn").id,
        )

    def note(self, state, channel="sms", purpose="marketing", user=None, **values):
        consents = self.env["dealer.consent"].with_user(user or self.consultant)
        return consents.create(
            {
                "partner_id": self.customer.id,
                "channel": channel,
                "purpose": purpose,
                "state": state,
                **values,
            }
        )

    def test_each_change_is_a_line_and_the_newest_counts(self):
        first = self.note("given")
        second = self.note("withdrawn")
        self.assertEqual([line.is_current for line in first + second], [False, True])
        self.assertFalse(self.customer._may_contact("sms", "marketing"))
        self.note("given")
        self.assertTrue(self.customer._may_contact("sms", "marketing"))
        self.assertEqual(len(self.customer.consent_ids), 3)

    def test_what_is_entered_late_does_not_count(self):
        now = self.note("withdrawn")
        late = self.note("given", date=datetime.now() - timedelta(days=3))
        self.assertEqual([now.is_current, late.is_current], [True, False])

    def test_channels_and_purposes_stand_apart(self):
        self.note("withdrawn", "sms", "marketing")
        self.assertTrue(self.customer._may_contact("call", "marketing"))
        self.assertTrue(self.customer._may_contact("sms", "care"))
        self.assertTrue(self.customer._may_contact("sms", "service"))

    def test_no_answer_for_all_channels_at_once(self):
        """It would look like a withdrawal and hold nobody back."""
        with self.assert_refused(ValidationError, "one line per channel"):
            self.note("withdrawn", channel="any")
        self.note("withdrawn", channel="any", purpose="group")

    def test_domain_says_the_same_as_the_question(self):
        other = self.make_customer()
        both = self.customer + other
        self.note("withdrawn", "call", "care")
        for channel in ("call", "sms", "email", "wechat", "post"):
            for purpose in ("marketing", "care", "service"):
                domain = both._get_contactable_domain(channel, purpose)
                found = both.search([("id", "in", both.ids), *domain])
                asked = both.filtered(
                    lambda p, c=channel, u=purpose: p._may_contact(c, u)
                )
                self.assertEqual(found, asked, (channel, purpose))
        self.assertEqual(
            both.search(
                [("id", "in", both.ids), *both._get_contactable_domain("call", "care")]
            ),
            other,
        )

    def test_branch_that_needs_consent_advertises_to_those_who_gave_it(self):
        self.branch.is_consent_needed = True
        self.assertFalse(self.customer._may_contact("sms", "marketing"))
        self.assertTrue(self.customer._may_contact("sms", "care"))
        self.note("given")
        self.assertTrue(self.customer._may_contact("sms", "marketing"))

    def test_dialog_notes_several_at_once(self):
        action = self.customer.with_user(self.consultant).action_change_consent()
        wizard = self.env[action["res_model"]].with_user(self.consultant)
        with Form(wizard.with_context(**action["context"])) as form:
            self.assertFalse(form.state, "the answer is said, not assumed")
            form.state = "withdrawn"
            form.is_post = False
            form.source = "paper"
        form.record.action_save()
        lines = self.customer.consent_ids
        self.assertEqual(
            set(lines.mapped("channel")), {"call", "sms", "email", "wechat"}
        )
        self.assertEqual(set(lines.mapped("purpose")), {"marketing"})
        self.assertEqual(lines.user_id, self.consultant)
        with Form(wizard.with_context(**action["context"])) as form:
            form.state = "withdrawn"
            form.is_marketing = False
        with self.assert_refused(UserError, "at least one"):
            form.record.action_save()

    def test_history_is_not_changed(self):
        line = self.note("withdrawn")
        for change in (
            lambda: line.write({"state": "given"}),
            lambda: line.write({"is_current": False}),
            lambda: line.unlink(),
            lambda: self.note("given", source="merge"),
            lambda: self.note("given", user_id=self.manager.id),
        ):
            with self.assertRaises(AccessError):
                change()
        with self.assert_refused(ValidationError, "future"):
            self.note("given", date=datetime.now() + timedelta(days=1))

    def test_line_is_not_born_as_the_one_that_counts(self):
        now = self.note("withdrawn")
        late = self.note(
            "given", is_current=True, date=datetime.now() - timedelta(days=1)
        )
        self.assertTrue(now.is_current)
        self.assertFalse(late.is_current)

    def get_lists(self):
        self.env.invalidate_all()
        return (self.customer.phone_sanitized_blacklisted, self.customer.is_blacklisted)

    def test_blacklists_of_core_follow(self):
        self.note("withdrawn", "sms")
        self.note("withdrawn", "call")
        self.note("withdrawn", "email")
        self.assertEqual(self.get_lists(), (True, True))
        self.note("given", "sms")
        self.note("given", "email")
        self.assertEqual(self.get_lists(), (True, False), "calls are still refused")
        self.note("given", "call")
        self.assertEqual(self.get_lists(), (False, False))

    def test_care_withdrawn_is_no_blacklist(self):
        self.note("withdrawn", "sms", "care")
        self.assertEqual(self.get_lists(), (False, False))

    def test_consent_follows_the_blacklists_of_core(self):
        self.env["phone.blacklist"].add("+8613800138000")
        self.env["mail.blacklist"]._add("li@example.com")
        for channel in ("sms", "call", "email"):
            self.assertFalse(self.customer._may_contact(channel, "marketing"), channel)
        self.assertEqual(set(self.customer.consent_ids.mapped("source")), {"blacklist"})
        self.env["phone.blacklist"].remove("+8613800138000")
        self.env["mail.blacklist"]._remove("li@example.com")
        for channel in ("sms", "call", "email"):
            self.assertTrue(self.customer._may_contact(channel, "marketing"), channel)

    def test_what_the_person_said_himself_outlives_the_blacklist(self):
        self.note("withdrawn", "sms")
        self.env["phone.blacklist"].remove("+8613800138000")
        self.assertFalse(self.customer._may_contact("sms", "marketing"))

    def test_merged_files_keep_the_no(self):
        double = self.make_customer()
        self.note("given")
        self.env["dealer.consent"].create(
            {
                "partner_id": double.id,
                "channel": "sms",
                "purpose": "marketing",
                "state": "withdrawn",
            }
        )
        double._note_consent(["call"], ["care"], "given", "call")
        self.customer._merge_consents(double)
        self.assertFalse(self.customer._may_contact("sms", "marketing"))
        now = self.customer.consent_ids.filtered("is_current")
        self.assertEqual(
            {(line.channel, line.state) for line in now},
            {("sms", "withdrawn"), ("call", "given")},
        )

    def test_older_answer_for_all_channels_stops_no_merge(self):
        other = self.make_customer("Twin")
        line = self.note("withdrawn", channel="any", purpose="group")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_consent SET purpose = 'marketing', partner_id = %s"
            " WHERE id = %s",
            (other.id, line.id),
        )
        self.env.invalidate_all()
        self.customer._merge_consents(other)
        self.assertEqual(self.customer.consent_ids.channel, "any")

    def test_table_on_the_page(self):
        self.note("withdrawn", "sms")
        table = self.customer.with_user(self.consultant).consent_table
        self.assertIn("Withdrawn", table)
        self.assertEqual(table.count("not asked"), 14)

    def test_branch_sees_consents_of_its_customers(self):
        line = self.note("withdrawn")
        stranger = self.make_user(
            "stranger", "dealer_crm.group_sales_manager", self.other_branch
        )
        self.customer.company_id = self.branch
        found = line.with_user(stranger).search([("id", "=", line.id)])
        self.assertFalse(found)

    def test_restricted_person_is_contacted_for_nothing(self):
        self.customer._restrict_processing("asked for it")
        for purpose in ("marketing", "care", "service"):
            self.assertFalse(self.customer._may_contact("call", purpose))
