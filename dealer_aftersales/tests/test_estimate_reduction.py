# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .marketing_common import MarketingCase

TWO_JOBS = (("A", 1, 100), ("B", 1, 250))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestEstimateReduction(MarketingCase):
    """Who said yes to a price with a discount is asked before he gets less of it."""

    def make_approved(self, **values):
        repair = self.make_order(**values)
        if self.hints(repair, "promotion"):
            self.take_hint(repair, "promotion")
        self.approve(repair)
        self.assertEqual(repair.estimate_state, "approved")
        return repair

    def assert_price(self, repair, amount, state):
        found = (repair.amount_customer, repair.estimate_state)
        self.assertEqual(found, (amount, state))

    def refuse(self, repair, *names):
        self.as_advisor(repair).action_send_estimate()
        estimate = repair.estimate_ids[:1]
        refused = estimate.line_ids.filtered(lambda li: li.name in names)
        repair.with_user(self.advisor)._approve_estimate("in_person", refused=refused)

    def test_ended_card_is_asked_and_can_be_agreed_to(self):
        card = self.make_card()
        repair = self.make_approved()
        card.action_end()
        repair._add_labor(name="Free check", hours=0)
        self.assert_price(repair, 200, "extra")
        with self.assertRaisesRegex(UserError, "has not approved Brakes"):
            self.as_advisor(repair).action_ready()
        self.approve(repair)
        self.assert_price(repair, 200, "approved")
        repair._add_labor(name="Another check", hours=0)
        self.assert_price(repair, 200, "approved")

    def test_car_that_comes_after_the_last_day_of_the_card(self):
        self.make_card(date_end="2026-03-12")
        repair = self.make_approved()
        repair.date_in = "2026-03-13 04:00:00"
        self.assert_price(repair, 200, "extra")

    def test_another_customer_without_a_card(self):
        self.make_card()
        repair = self.make_approved()
        repair.partner_id = self.make_customer("Friend")
        self.assert_price(repair, 200, "extra")

    def test_dropped_job_that_loses_the_promotion(self):
        self.make_promotion(kind="amount", amount=200, amount_min=300)
        repair = self.make_approved(labor=TWO_JOBS)
        repair.labor_ids[0].unlink()
        self.assert_price(repair, 250, "extra")

    def test_refused_job_that_loses_the_promotion(self):
        self.make_promotion(kind="amount", amount=200, amount_min=300)
        repair = self.make_order(labor=TWO_JOBS)
        self.take_hint(repair, "promotion")
        self.refuse(repair, "A")
        self.assert_price(repair, 250, "extra")

    def test_lost_discount_is_seen_behind_other_work_that_goes(self):
        self.make_promotion(kind="amount", amount=200, amount_min=300)
        repair = self.make_approved(labor=(*TWO_JOBS, ("C", 1, 100)))
        repair.labor_ids.filtered(lambda li: li.name != "B").unlink()
        self.assert_price(repair, 250, "extra")

    def test_refused_job_takes_its_discount_along_unasked(self):
        self.make_card()
        repair = self.make_order(labor=TWO_JOBS, fees=[("Towing", 1, 80)])
        self.refuse(repair, "A", "B")
        self.assert_price(repair, 80, "approved")

    def test_discount_in_percent_follows_the_work_unasked(self):
        self.make_card()
        self.make_promotion()
        repair = self.make_approved(labor=TWO_JOBS, parts=[(self.filter, 1)])
        before = repair.amount_customer
        repair.labor_ids[1].unlink()
        self.assertEqual(repair.estimate_state, "approved")
        repair.labor_ids.price_unit = 60
        self.assertEqual(repair.estimate_state, "approved")
        self.assertLess(repair.amount_customer, before)

    def test_work_for_another_payer_is_no_lost_discount(self):
        self.make_card()
        repair = self.make_approved(labor=TWO_JOBS)
        repair.labor_ids[0].payer = "warranty"
        self.assert_price(repair, 225, "approved")

    def test_more_discount_and_more_work_ask_for_the_work_only(self):
        repair = self.make_approved(labor=TWO_JOBS)
        self.make_card()
        repair._add_labor(name="C", hours=1)
        self.assertEqual(repair.estimate_state, "extra")
        asked = repair._get_unapproved_lines()
        self.assertEqual([line.name for line in asked], ["C"])

    def test_discount_taken_back_while_an_estimate_waits(self):
        self.make_promotion()
        repair = self.make_approved()
        self.as_advisor(repair).action_send_estimate()
        repair.fee_ids.with_user(self.advisor).unlink()
        self.as_advisor(repair).action_estimate_approved()
        self.assert_price(repair, 200, "extra")

    def test_settlement_waits_for_the_answer(self):
        card = self.make_card()
        repair = self.make_order()
        self.finish(repair)
        card.action_end()
        repair._add_labor(name="Free check", hours=0)
        with self.assertRaisesRegex(UserError, "has not approved Brakes"):
            self.as_advisor(repair).action_settle()
