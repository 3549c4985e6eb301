# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestCustomerClassService(AftersalesCase):
    """What the workshop knows counts in the class: spending and satisfaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.write(
            {
                "class_loyal_purchases": 2,
                "class_loyal_spending": 10000,
                "class_vip_spending": 50000,
                "class_min_satisfaction": 4,
            }
        )

    def spend(self, amount, days=30, **values):
        moment = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        repair = self.make_repair(
            moment, state="done", amount_parts_history=amount, **values
        )
        self.env.flush_all()
        return repair

    def judge(self):
        self.customer._refresh_customer_class()
        return self.customer.customer_class

    def answer(self, score):
        # As a scored callback leaves it behind.
        callback = self.env["dealer.callback"].create(
            {
                "policy_id": self.policy.id,
                "source_id": 1,
                "cycle_key": "",
                "partner_id": self.customer.id,
                "company_id": self.branch.id,
                "date_due": fields.Date.today(),
                "date_window_end": fields.Date.today(),
                "purpose": "after_service",
                "channel": "phone",
            }
        )
        callback.write({"score": score, "is_scored": True})

    def test_spending_of_two_years_counts(self):
        self.assertEqual(self.judge(), "new")
        self.spend(9999)
        self.assertEqual(self.judge(), "new")
        self.spend(1)
        self.assertEqual(self.judge(), "loyal")
        self.spend(40000)
        self.assertEqual(self.judge(), "vip")

    def test_older_and_warranty_work_do_not_count(self):
        self.spend(60000, days=800)
        self.spend(60000, service_kind="warranty")
        self.assertEqual(self.judge(), "new")

    def test_dissatisfied_customer_is_not_loyal(self):
        self.spend(20000)
        self.answer(3.9)
        self.assertEqual(self.judge(), "new")
        self.branch.class_min_satisfaction = 3.9
        self.assertEqual(self.judge(), "loyal")
