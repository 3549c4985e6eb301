# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import format_date

from .common import NOW, AftersalesCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestInsurancePolicy(AftersalesCase):
    """Policies, their renewal and the reminder before the end (BIZ-01)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.file_state = "filed"
        cls.rule = cls.env.ref("dealer_aftersales.policy_insurance_end")
        cls.rule.write({"active": True, "date_start": "2026-01-01"})
        cls.ending = cls.make_insurance()

    @classmethod
    def make_insurance(cls, **values):
        defaults = {
            "vehicle_id": cls.car.id,
            "name": "P-1",
            "date_start": "2025-04-10",
            "date_end": "2026-04-09",
            "premium": 3200,
        }
        return cls.env["dealer.insurance.policy"].create(defaults | values)

    def renew(self, policy=None, user=None):
        policy = (policy or self.ending).with_user(user or self.advisor)
        action = policy.action_renew()
        policies = policy.with_context(**action["context"])
        with Form(policies.browse()) as form:
            form.name = "P-2"
        return form.record

    def test_expiry_in_30_days_makes_one_reminder(self):
        [call] = self.run_policy(self.rule)
        self.assertEqual((call.partner_id, call.vehicle_id), (self.customer, self.car))
        self.assertEqual(call.date_due, date(2026, 3, 10))
        self.assertFalse(self.run_policy(self.rule))

    def test_expiry_in_31_days_is_not_due_yet(self):
        self.ending.date_end = "2026-04-10"
        self.assertFalse(self.run_policy(self.rule))

    def test_renewal_stops_the_reminder_and_takes_the_dates_over(self):
        [call] = self.run_policy(self.rule)
        following = self.renew()
        self.assertEqual(
            (following.date_start, following.date_end),
            (date(2026, 4, 10), date(2027, 4, 9)),
        )
        self.assertEqual(following.previous_id, self.ending)
        self.assertEqual((self.ending.state, following.state), ("renewed", "active"))
        self.assertEqual(call.state, "cancelled")
        self.assertFalse(self.run_policy(self.rule))

    def test_renewed_before_the_reminder_makes_none(self):
        self.renew()
        self.assertFalse(self.run_policy(self.rule))

    def test_new_owner_is_reminded(self):
        self.car.owner_id = self.make_customer("Qian Buyer", file_state="filed")
        self.assertEqual(self.run_policy(self.rule).partner_id, self.car.owner_id)

    def test_cancelled_renewal_waits_again(self):
        following = self.renew()
        following.with_user(self.advisor).action_cancel()
        self.assertEqual((self.ending.state, following.state), ("active", "cancelled"))
        self.assertTrue(self.renew())

    def test_last_day_is_insured(self):
        self.ending.date_end = "2026-03-10"
        self.assertEqual(self.ending.state, "active")
        self.ending.date_end = "2026-03-09"
        self.assertEqual(self.ending.state, "expired")

    def test_same_day_cannot_be_insured_twice(self):
        with self.assert_refused(ValidationError, "insured from"):
            self.make_insurance(
                name="P-9", date_start="2026-04-09", date_end="2027-04-08"
            )
        other = self.make_insurance(name="P-9", kind="compulsory")
        self.assertEqual(other.state, "active")

    def count_queries(self, count):
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "model_id": self.car_model.id,
                    "trade_state": "customer",
                    "vin_sn": self.next_vin(),
                }
                for _n in range(count)
            ]
        )
        rows = [
            {"vehicle_id": car.id, "name": car.vin_sn, "date_start": "2026-01-01"}
            for car in cars
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        made = self.env["dealer.insurance.policy"].create(rows)
        self.env.flush_all()
        self.assertEqual(set(made.mapped("date_end")), {date(2026, 12, 31)})
        return self.env.cr.sql_log_count - before

    def test_many_policies_cost_no_query_each(self):
        self.count_queries(2)
        few, many = self.count_queries(5), self.count_queries(50)
        self.assertLessEqual(many, few + 5)

    def test_clients_do_not_set_the_state(self):
        mine = self.ending.with_user(self.advisor)
        with self.assert_refused(AccessError, "state follows"):
            mine.state = "renewed"

    def test_renewal_of_another_car_is_refused(self):
        car = self.make_car(owner_id=self.customer.id)
        with self.assert_refused(ValidationError, "same car"):
            self.make_insurance(
                vehicle_id=car.id,
                name="P-3",
                date_start="2026-04-10",
                date_end="2027-04-09",
                previous_id=self.ending.id,
            )

    def test_job_expires_set_based(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_insurance_policy SET date_end = '2026-03-09' WHERE id = %s",
            [self.ending.id],
        )
        self.env.invalidate_all()
        policies = self.env["dealer.insurance.policy"]
        self.assertEqual(policies._expire(self.branch), 1)
        self.assertEqual(self.ending.state, "expired")
        self.assertTrue(self.renew())

    def test_technician_sees_no_premium(self):
        policies = self.env["dealer.insurance.policy"].with_user(self.technician)
        with self.assert_refused(AccessError, "Insurance Policy"):
            policies.search([])

    def test_staff_reads_and_another_branch_does_not(self):
        for user in (self.advisor, self.care, self.consultant):
            self.assertIn(
                self.ending, self.ending.with_user(user).search([("id", ">", 0)])
            )
        self.assertNotIn(self.ending, self.ending.with_user(self.care_north).search([]))

    def test_desk_tells_the_end(self):
        texts = [
            line["text"]
            for line in self.customer.with_user(self.advisor)._get_desk_now(
                self.car.with_user(self.advisor)
            )
        ]
        day = format_date(self.env, self.ending.date_end)
        self.assertTrue([text for text in texts if day in text], texts)
