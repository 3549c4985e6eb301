# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackUnreached(AftersalesCase):
    """Domain 9: not reached on different days → letter instead, data to verify."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.max_attempts = 2
        cls.template = cls.env.ref("dealer_aftersales.mail_template_unreached")
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def call_in_vain(self, callback=None):
        callback = callback or self.callback
        for day in ("2026-03-10", "2026-03-11"):
            with freeze_time(f"{day} 04:00:00"):
                callback.action_not_reached()

    def test_unreached_customer_is_to_be_verified_at_the_next_visit(self):
        self.call_in_vain()
        self.assertEqual(self.callback.state, "not_reached")
        self.assertEqual(str(self.customer.date_unreached), "2026-03-11")
        marks = self.customer._get_desk_marks()
        self.assertIn("Not reached", " ".join(mark["text"] for mark in marks))

    def test_two_attempts_of_one_day_do_not_make_him_unreachable(self):
        self.callback.action_not_reached()
        self.callback.action_not_reached()
        self.assertEqual(self.callback.state, "planned")
        self.assertFalse(self.customer.date_unreached)

    def test_days_are_those_of_the_branch(self):
        with freeze_time("2026-03-10 15:00:00"):  # 23:00 at the branch
            self.callback.action_not_reached()
        with freeze_time("2026-03-10 16:30:00"):  # 00:30 of the next day
            self.callback.action_not_reached()
        self.assertEqual(self.callback.state, "not_reached")

    def test_mark_puts_a_file_on_the_list_of_checks(self):
        self.customer.sudo().file_state = "filed"
        self.call_in_vain()
        self.assertTrue(self.customer.is_check_due)
        self.assertIn("did not reach", self.customer.check_reason)
        partners = self.env["res.partner"].with_user(self.care)
        self.assertIn(self.customer, partners.search([("is_check_due", "=", True)]))

    def test_mark_ends_with_the_check_or_when_reached(self):
        self.call_in_vain()
        self.customer.with_user(self.advisor).action_confirm_contact_data()
        self.assertFalse(self.customer.date_unreached)
        second = self.make_callback("2026-03-07 05:00:00").with_user(self.care)
        self.call_in_vain(second)
        self.assertTrue(self.customer.date_unreached)
        second.action_save_answers()
        self.assertFalse(self.customer.date_unreached)

    def test_refusal_is_no_wrong_address(self):
        self.callback.action_refused()
        self.assertEqual(self.callback.state, "not_reached")
        self.assertFalse(self.customer.date_unreached)

    def test_wrong_number_marks_phone_and_data(self):
        self.customer.sudo().file_state = "filed"
        self.callback.action_wrong_number()
        self.assertTrue(self.customer.phone_invalid)
        self.assertTrue(self.customer.date_unreached)

    def test_letter_waits_in_one_draft_of_the_policy(self):
        self.policy.write(
            {
                "unreached_channel": "letter",
                "unreached_template_id": self.template.id,
            }
        )
        other = self.make_customer("Li Other")
        second = self.make_callback("2026-03-07 05:00:00", partner_id=other.id)
        self.call_in_vain()
        self.call_in_vain(second.with_user(self.care))
        push = self.env["dealer.push"].search([("template_id", "=", self.template.id)])
        self.assertEqual(len(push), 1)
        self.assertEqual(push.partner_ids, self.customer | other)
        self.assertEqual((push.state, push.channel), ("draft", "letter"))

    def test_sms_leaves_with_consent_only(self):
        if "sms.sms" not in self.env:
            self.skipTest("without the SMS app")
        self.policy.write(
            {"unreached_channel": "sms", "unreached_template_id": self.template.id}
        )
        self.call_in_vain()
        self.assertTrue(
            self.env["sms.sms"].search([("partner_id", "=", self.customer.id)])
        )

    def test_policy_that_sends_needs_a_letter(self):
        with self.assertRaisesRegex(ValidationError, "Not reached"):
            self.policy.unreached_channel = "letter"
