# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.tests import tagged

from .common import NOW, TODAY, AftersalesCase

DAY = fields.Date.to_date(TODAY)


@tagged("post_install", "-at_install")
class TestOwnerCare(AftersalesCase):
    """Owners come onto the list by class and last talk; done ones leave it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.branch.write({"care_days_new": 90, "care_days_vip": 30})
        cls.customer.company_id = cls.branch
        cls.customer.write({"file_state": "filed"})
        cls.policy = cls.env.ref("dealer_aftersales.policy_owner_care")
        cls.policy.write({"active": True, "date_start": "2026-01-01"})

    def talk(self, days=0, **values):
        return self.env["dealer.contact"].create(
            {
                "partner_id": self.customer.id,
                "outcome": "reached",
                "content": "All is well",
                "date": fields.Datetime.now() - timedelta(days=days),
                **values,
            }
        )

    def night(self):
        self.customer._plan_care()
        self.env["res.partner"]._cancel_outdated_care()
        self.run_policy()
        return self.due()

    def due(self):
        calls = self.env["dealer.callback"]
        return calls.search(
            [
                ("policy_id", "=", self.policy.id),
                ("partner_id", "=", self.customer.id),
                ("is_due", "=", True),
            ]
        )

    def test_due_so_many_days_after_the_last_talk(self):
        self.assertEqual(self.customer.customer_class, "new")
        self.talk(90)
        call = self.night()
        self.assertEqual(call.date_due, DAY)
        self.assertFalse(
            self.env["dealer.callback"].search_count(
                [
                    ("policy_id", "=", self.policy.id),
                    ("partner_id", "=", self.customer.id),
                    ("id", "!=", call.id),
                ]
            )
        )

    def test_day_before_nobody_is_due(self):
        self.talk(89)
        self.assertFalse(self.night())
        self.assertEqual(self.customer.next_care_on, DAY + timedelta(days=1))

    def test_done_leaves_the_list_and_gets_the_next_date(self):
        self.talk(90)
        call = self.night()
        self.talk(callback_id=call.id)
        self.assertEqual(call.state, "reached")
        self.assertFalse(self.night())
        self.assertEqual(self.customer.next_care_on, DAY + timedelta(days=90))

    def test_talk_of_somebody_else_moves_the_call_on(self):
        self.talk(90)
        call = self.night()
        self.talk(user_id=self.consultant.id)
        self.assertFalse(self.night())
        self.assertEqual(call.state, "cancelled")

    def test_class_decides_how_often(self):
        for _number in range(2):
            self.make_car(owner_id=self.customer.id)
        self.assertEqual(self.customer.customer_class, "vip")
        self.talk(30)
        self.assertTrue(self.night())

    def test_night_after_night_makes_no_second_call(self):
        self.talk(90)
        first = self.night()
        with freeze_time("2026-03-11 04:00:00"):
            self.assertEqual(self.night(), first)

    def test_long_forgotten_owners_are_spread_over_the_month(self):
        self.talk(900)
        self.night()
        day = self.customer.next_care_on
        self.assertTrue(DAY <= day < DAY + timedelta(days=30), day)
        self.customer._plan_care()
        self.assertEqual(self.customer.next_care_on, day, "stays where it is")

    def test_zero_days_is_never(self):
        self.branch.care_days_new = 0
        self.talk(90)
        self.assertFalse(self.night())
        self.assertFalse(self.customer.next_care_on)

    def test_letter_is_no_talk(self):
        template = self.env.ref("dealer_crm.mail_template_news")
        self.talk(90)
        rows = [{"partner_id": self.customer.id, "company_id": self.branch.id}]
        self.env["dealer.contact"]._log_material(rows, template, "letter", "care")
        self.assertTrue(self.night())
        self.assertEqual(self.customer.next_care_on, date(2026, 3, 10))
