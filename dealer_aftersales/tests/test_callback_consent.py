# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackConsent(AftersalesCase):
    """Who withdrew gets no reminder; a call about his repair stays possible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.file_state = "filed"  # care and reminders reach nobody else

    def withdraw(self, channel="call", purpose="care", partner=None):
        (partner or self.customer)._note_consent(
            [channel], [purpose], "withdrawn", "call"
        )

    def make_due(self, purpose, **values):
        self.make_repair("2026-03-07 04:00:00")
        policy = self.make_policy(purpose=purpose, name=f"P {purpose}", **values)
        return self.run_policy(policy)

    def test_withdrawn_care_makes_no_reminder(self):
        self.withdraw()
        for purpose in ("reminder", "care"):
            self.assertFalse(self.make_due(purpose), purpose)

    def test_withdrawn_advertising_leaves_reminders(self):
        self.withdraw(purpose="marketing")
        self.assertTrue(self.make_due("reminder"))
        self.assertFalse(self.make_due("other"))

    def test_another_channel_stays_possible(self):
        self.withdraw("sms")
        self.assertTrue(self.make_due("reminder"))
        self.assertFalse(self.make_due("care", channel="sms"))

    def test_service_call_stays_and_is_labelled(self):
        callback = self.make_due("after_service")
        self.assertFalse(callback.is_service_notice)
        self.withdraw(purpose="marketing")
        self.env.invalidate_all()
        self.assertTrue(callback.is_service_notice)
        self.assertEqual(callback.state, "planned")
        card = callback.with_user(self.care)
        arch = card.get_view(
            self.env.ref("dealer_aftersales.dealer_callback_view_form").id
        )["arch"]
        self.assertIn("Service notice only", arch)
        self.assertTrue(card.read(["is_service_notice"])[0]["is_service_notice"])

    def test_planned_call_is_cancelled_at_once(self):
        reminder = self.make_due("reminder")
        self.assertEqual(reminder.state, "planned")
        self.withdraw()
        self.assertEqual(reminder.state, "cancelled")

    def test_restricted_person_is_called_for_nothing(self):
        service = self.make_due("after_service")
        self.customer._restrict_processing("claims")
        self.assertEqual(service.state, "cancelled")
        self.assertFalse(self.make_due("complaint"))

    def test_given_again_is_called_again(self):
        self.withdraw()
        self.customer._note_consent(["call"], ["care"], "given", "call")
        self.assertTrue(self.make_due("reminder"))

    def test_the_other_customers_are_called(self):
        other = self.make_customer(file_state="filed")
        car = self.make_car(owner_id=other.id)
        self.withdraw()
        self.make_repair("2026-03-07 04:00:00", partner_id=other.id, vehicle_id=car.id)
        self.assertEqual(self.make_due("reminder").partner_id, other)
