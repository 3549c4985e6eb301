# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_lead_stage import StageCase


@tagged("post_install", "-at_install")
class TestReferral(StageCase):
    def setUp(self):
        super().setUp()
        self.referrer = self.make_customer("Old Friend", user_id=self.consultant.id)

    def make_referred(self, **values):
        return self.make_full_lead(referrer_id=self.referrer.id, **values)

    def count_rewards(self):
        rewarded = []
        hook = patch.object(
            type(self.env["crm.lead"]),
            "_reward_referrer",
            lambda lead: rewarded.append(lead.id),
        )
        self.startPatcher(hook)
        return rewarded

    def test_a_won_lead_counts_once_even_when_won_again(self):
        rewarded = self.count_rewards()
        lead = self.make_referred()
        self.assertEqual(rewarded, [])
        lead.action_set_won()
        lead.stage_id = self.stage("negotiation")
        self.assertEqual(lead.won_status, "pending")
        lead.action_set_won()
        self.assertEqual(rewarded, [lead.id])
        self.assertEqual(self.referrer.referral_won_count, 1)
        self.assertEqual(self.referrer.referral_count, 1)

    def test_a_referrer_named_after_the_sale_counts_too(self):
        rewarded = self.count_rewards()
        lead = self.make_full_lead()
        lead.action_set_won()
        lead.referrer_id = self.referrer
        self.assertEqual(rewarded, [lead.id])

    def test_nobody_refers_himself(self):
        rewarded = self.count_rewards()
        lead = self.make_referred(partner_id=self.referrer.id)
        lead.action_set_won()
        self.assertEqual(rewarded, [])

    def test_without_points_or_loyalty_nothing_breaks(self):
        lead = self.make_referred()
        lead.action_set_won()
        self.assertTrue(lead.referral_rewarded_on)

    def test_the_mark_is_the_systems(self):
        lead = self.make_referred()
        with self.assert_refused(AccessError, "noted by the system"):
            lead.with_user(self.manager).referral_rewarded_on = "2026-01-01"

    def test_counts_cost_the_same_for_many_customers(self):
        people = self.env["res.partner"].concat(
            *(self.make_customer(f"Friend {i}") for i in range(20))
        )
        for person in people:
            self.make_lead(referrer_id=person.id)
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            people[:5].mapped("referral_count")
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            people.mapped("referral_count")


@tagged("post_install", "-at_install")
class TestRepurchase(StageCase):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(
            "Wang Again", user_id=self.consultant.id, company_id=self.branch.id
        )
        self.car = self.make_car(owner_id=self.customer.id, company_id=self.branch.id)

    def press(self, record, user=None, **values):
        user = user or self.consultant
        action = record.with_user(user).action_open_repurchase()
        wizard = self.env["dealer.repurchase"].with_user(user)
        wizard = wizard.with_context(**action["context"]).create(values)
        return self.env["crm.lead"].browse(wizard.action_make_lead()["res_id"])

    def test_from_the_car_a_replacement_with_car_and_consultant(self):
        lead = self.press(self.car, has_trade_in=True)
        self.assertEqual(
            (lead.partner_id, lead.vehicle_id, lead.user_id, lead.purchase_type),
            (self.customer, self.car, self.consultant, "replace"),
        )
        self.assertEqual(lead.source_id, self.env.ref("dealer_crm.source_repurchase"))
        self.assertTrue(lead.has_trade_in)

    def test_a_second_press_opens_the_same_lead(self):
        lead = self.press(self.car)
        self.assertEqual(self.press(self.customer), lead)
        extra = self.press(self.customer, purchase_type="additional")
        self.assertNotEqual(extra, lead)

    def test_the_customers_consultant_keeps_him(self):
        lead = self.press(self.car, user=self.manager)
        self.assertEqual(lead.user_id, self.consultant)

    def test_another_consultant_is_told_who_talks_with_him(self):
        self.press(self.car)
        rival = self.make_user("rival", "dealer_crm.group_sales_consultant")
        with self.assert_refused(UserError, "Consultant is already in talks"):
            self.press(self.car, user=rival)

    def test_a_car_of_nobody_is_refused(self):
        with self.assert_refused(UserError, "no owner"):
            self.make_car().with_user(self.consultant).action_open_repurchase()


@tagged("post_install", "-at_install")
class TestProblemBanner(StageCase):
    def test_lead_and_quote_show_the_problem_and_leads_without_do_not(self):
        customer = self.make_customer()
        lead = self.make_lead(partner_id=customer.id)
        other = self.make_lead()
        order = self.env["sale.order"].create(
            {"partner_id": customer.id, "opportunity_id": lead.id}
        )
        plain = self.env["sale.order"].create({"partner_id": customer.id})
        with patch.object(
            type(customer),
            "_get_open_problems",
            lambda partners: {customer.id: ["Complaint 7 is open"]},
        ):
            self.env.invalidate_all()
            shown = (lead | other).with_user(self.consultant).mapped("problem_alert")
            self.assertEqual(shown, ["Complaint 7 is open", False])
            self.assertEqual(order.problem_alert, "Complaint 7 is open")
            self.assertFalse(plain.problem_alert)
