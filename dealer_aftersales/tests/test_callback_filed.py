# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackFiled(AftersalesCase):
    """Care and reminders go to filed customers, duties to everybody."""

    def make_birthday_policy(self, **values):
        return self.make_policy(
            "res.partner",
            "birthdate_date",
            cycle="yearly",
            offset_days=0,
            company_id=self.branch.id,
            domain="[('name', '=like', 'Born%')]",
            **values,
        )

    def make_born(self, state):
        born = self.make_customer(f"Born {state}", birthdate_date="1980-03-12")
        born.sudo().file_state = state
        return born

    def test_care_takes_filed_customers_only(self):
        people = {name: self.make_born(name) for name in ("draft", "verified", "filed")}
        policy = self.make_birthday_policy(purpose="care")
        self.assertTrue(policy.filed_only)
        self.assertEqual(self.run_policy(policy).partner_id, people["filed"])
        people["draft"].sudo().file_state = "filed"
        self.assertEqual(self.run_policy(policy).partner_id, people["draft"])

    def test_file_that_is_a_draft_again_is_left_out(self):
        born = self.make_born("filed")
        policy = self.make_birthday_policy(purpose="reminder")
        born.phone = self.next_phone()
        self.assertFalse(self.run_policy(policy))

    def test_manager_may_take_everybody(self):
        born = self.make_born("draft")
        policy = self.make_birthday_policy(purpose="care", filed_only=False)
        self.assertEqual(self.run_policy(policy).partner_id, born)

    def test_after_service_call_is_a_duty_to_everybody(self):
        self.assertFalse(self.policy.filed_only)
        self.assertEqual(self.make_callback().partner_id.file_state, "draft")

    def test_of_several_persons_the_one_called_counts(self):
        self.policy.filed_only = True
        filed, draft = self.make_born("filed"), self.make_born("draft")
        wanted = [
            self.make_repair("2026-03-07 04:00:00", bringer_id=filed.id),
            self.make_repair("2026-03-07 04:00:00", partner_id=filed.id),
        ]
        self.make_repair(
            "2026-03-07 04:00:00", partner_id=filed.id, bringer_id=draft.id
        )
        self.assertEqual([made.repair_id for made in self.run_policy()], wanted)
