# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, AftersalesCase

DELIVERY = ("thanks", "3", "7", "30")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDeliveryPolicy(AftersalesCase):
    """A car delivered is called about four times, its owner and once each (CB-16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policies = cls.env["dealer.callback.policy"].union(
            *(
                cls.env.ref(f"dealer_aftersales.policy_delivery_{key}")
                for key in DELIVERY
            )
        )
        cls.policies.write(
            {"active": True, "date_start": "2026-03-01", "ahead_days": 40}
        )
        cls.buyer = cls.make_customer("Buyer Testa")

    def deliver(self, day=TODAY, **values):
        return self.make_car(
            owner_id=self.buyer.id,
            origin="own_sale",
            purchase_date=day,
            company_id=self.branch.id,
            **values,
        )

    def run_all(self):
        made = self.env["dealer.callback"]
        for policy in self.policies:
            made |= self.run_policy(policy)
        return made.filtered(lambda c: c.partner_id == self.buyer)

    def test_thanks_on_the_day_then_3_7_and_30_days(self):
        car = self.deliver()
        made = self.run_all()
        self.assertEqual(
            [str(day) for day in made.mapped("date_due")],
            ["2026-03-10", "2026-03-13", "2026-03-17", "2026-04-09"],
        )
        self.assertEqual(made.vehicle_id, car)
        self.assertEqual(set(made.mapped("purpose")), {"after_delivery"})
        self.assertFalse(self.run_all(), "once per delivery")

    def test_the_own_questionnaire_is_asked_on_day_three(self):
        self.deliver()
        surveys = self.run_all().survey_id
        self.assertEqual(
            surveys, self.env.ref("dealer_aftersales.survey_after_delivery")
        )
        self.assertEqual(
            surveys.question_ids.filtered(
                lambda q: q.callback_measure == "overall"
            ).scale_max,
            5,
        )

    def test_car_bought_elsewhere_is_no_delivery_of_ours(self):
        car = self.make_car(company_id=self.branch.id, origin="other_dealer")
        car._transfer_ownership(self.buyer, car._fields["purchase_date"].to_date(TODAY))
        self.assertFalse(self.run_all())

    def test_car_sold_again_is_not_called_about(self):
        car = self.deliver("2026-03-05")
        other = self.make_customer("Next Owner")
        car._transfer_ownership(other, car._fields["purchase_date"].to_date(TODAY))
        self.assertFalse(self.run_all())

    def test_a_delivery_today_wakes_the_job(self):
        cron = self.env.ref("dealer_aftersales.ir_cron_make_callbacks")
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.deliver("2026-02-01")
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before)
        self.deliver()
        self.assertGreater(triggers.search_count([("cron_id", "=", cron.id)]), before)

    def test_advertising_refused_leaves_the_delivery_call(self):
        self.buyer._note_consent(["call"], ["marketing", "care"], "withdrawn", "call")
        self.deliver()
        self.assertEqual(len(self.run_all()), 4)

    def test_kept_apart_from_the_after_service_figure(self):
        self.deliver()
        self.run_all()
        due = self.env["dealer.callback"].search_count(
            [("purpose", "=", "after_service"), ("partner_id", "=", self.buyer.id)]
        )
        self.assertFalse(due)
