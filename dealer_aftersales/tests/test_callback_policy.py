# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackPolicy(AftersalesCase):
    """Which sources a policy takes, whom it calls, and when."""

    def test_bringer_is_called_before_the_owner(self):
        bringer = self.make_customer("Zhao Bringer")
        callback = self.make_callback(bringer_id=bringer.id)
        self.assertEqual(callback.partner_id, bringer)

    def test_order_without_a_person_is_skipped(self):
        repair = self.make_repair("2026-03-07 04:00:00")
        repair.partner_id = False
        self.assertFalse(self.run_policy())

    def test_cancelled_order_is_not_called(self):
        self.make_repair("2026-03-07 04:00:00", state="cancel")
        self.assertFalse(self.run_policy())

    def test_nothing_due_before_the_start(self):
        self.policy.date_start = "2026-03-10"
        self.make_repair("2026-03-06 04:00:00")
        on_the_day = self.make_repair("2026-03-07 04:00:00")
        self.assertEqual(self.run_policy().repair_id, on_the_day)

    def test_plans_only_so_many_days_ahead(self):
        self.policy.write({"offset_days": 7, "ahead_days": 4})
        soon = self.make_repair("2026-03-07 04:00:00")
        self.make_repair("2026-03-08 04:00:00")
        self.assertEqual(self.run_policy().repair_id, soon)

    def test_policy_of_one_branch_leaves_the_other_alone(self):
        self.policy.company_id = self.other_branch
        self.make_repair("2026-03-07 04:00:00")
        self.assertEqual(self.policy._get_companies(), self.other_branch)
        self.assertFalse(self.run_policy(company=self.other_branch))

    def make_birthday_policy(self, **values):
        return self.make_policy(
            "res.partner",
            "birthdate_date",
            name="Birthday",
            cycle="yearly",
            offset_days=0,
            company_id=self.branch.id,
            domain="[('file_state', '!=', False), ('name', '=like', 'Born%')]",
            **values,
        )

    def make_born(self, day, **values):
        return self.make_customer(f"Born {day}", birthdate_date=day, **values)

    def test_birthday_comes_every_year(self):
        policy = self.make_birthday_policy()
        born = self.make_born("1980-03-12")
        made = self.run_policy(policy)
        self.assertEqual((made.partner_id, str(made.date_due)), (born, "2026-03-12"))
        self.assertEqual(made.cycle_key, "2026")
        self.assertFalse(self.run_policy(policy))
        with freeze_time("2027-03-10 04:00:00"):
            self.assertEqual(str(self.run_policy(policy).date_due), "2027-03-12")

    def test_birthday_on_29_february_falls_on_the_28th_of_a_common_year(self):
        policy = self.make_birthday_policy()
        self.make_born("1988-02-29")
        with freeze_time("2026-02-27 04:00:00"):
            self.assertEqual(str(self.run_policy(policy).date_due), "2026-02-28")
        with freeze_time("2028-02-27 04:00:00"):
            self.assertEqual(str(self.run_policy(policy).date_due), "2028-02-29")

    def test_birthday_at_the_turn_of_the_year(self):
        policy = self.make_birthday_policy()
        self.make_born("1980-12-30")
        self.make_born("1981-01-02")
        with freeze_time("2026-12-28 04:00:00"):
            days = self.run_policy(policy).mapped("date_due")
        self.assertEqual(sorted(map(str, days)), ["2026-12-30", "2027-01-02"])

    def test_no_late_wishes_for_a_customer_filed_after_the_birthday(self):
        policy = self.make_birthday_policy()
        self.make_born("1980-02-10")
        self.assertFalse(self.run_policy(policy))

    def make_warranty_policy(self, **values):
        return self.make_policy(
            "fleet.vehicle",
            "warranty_end_date",
            name="Warranty ends",
            cycle="date",
            offset_days=-30,
            company_id=self.branch.id,
            domain="[('trade_state', '=', 'customer'), ('color', '=', 'test blue')]",
            **values,
        )

    def make_blue_car(self, **values):
        return self.make_car(owner_id=self.customer.id, color="test blue", **values)

    def test_warranty_end_is_announced_before_it_comes(self):
        policy = self.make_warranty_policy()
        car = self.make_blue_car(warranty_end_date="2026-04-10")
        made = self.run_policy(policy)
        self.assertEqual((made.vehicle_id, made.partner_id), (car, self.customer))
        self.assertEqual(str(made.date_due), "2026-03-11")

    def test_extended_warranty_is_announced_again(self):
        policy = self.make_warranty_policy()
        car = self.make_blue_car(warranty_end_date="2026-04-10")
        self.run_policy(policy)
        self.assertFalse(self.run_policy(policy))
        car.warranty_end_date = "2026-04-14"
        made = self.run_policy(policy)
        self.assertEqual(made.cycle_key, "2026-04-14")

    def test_segment_of_cars_narrows_the_orders(self):
        self.policy.segment_id = self.env["dealer.segment"].create(
            {"name": "Officials", "domain": "[('usage', '=', 'official')]"}
        )
        official = self.make_car(owner_id=self.customer.id, usage="official")
        self.make_repair("2026-03-07 04:00:00")
        taken = self.make_repair("2026-03-07 04:00:00", vehicle_id=official.id)
        self.assertEqual(self.run_policy().repair_id, taken)

    def test_segment_of_customers_narrows_cars(self):
        policy = self.make_warranty_policy()
        policy.segment_id = self.env["dealer.segment"].create(
            {
                "name": "Women",
                "model": "res.partner",
                "domain": "[('gender', '=', 'female')]",
            }
        )
        self.make_blue_car(warranty_end_date="2026-04-10")
        woman = self.make_customer("Hu Owner", gender="female")
        hers = self.make_blue_car(warranty_end_date="2026-04-10")
        hers.owner_id = woman
        self.assertEqual(self.run_policy(policy).vehicle_id, hers)

    def test_today_in_the_conditions_is_the_day_at_the_branch(self):
        policy = self.make_warranty_policy()
        policy.domain = (
            "[('color', '=', 'test blue'), ('purchase_date', '>=', 'today')]"
        )
        self.make_blue_car(warranty_end_date="2026-04-10", purchase_date="2026-03-10")
        with freeze_time("2026-03-10 17:00:00"):
            # It is the 11th in Shanghai already.
            self.assertFalse(self.run_policy(policy))
        with freeze_time("2026-03-10 15:00:00"):
            self.assertTrue(self.run_policy(policy))

    def test_unknown_field_in_the_conditions_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Conditions of Service call"):
            self.policy.domain = "[('no_such_field', '=', 1)]"

    def test_text_that_is_no_domain_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Conditions of Service call"):
            self.policy.domain = "all of them"

    def test_path_that_leads_elsewhere_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "advisor_id"):
            self.policy.partner_path = "advisor_id"

    def test_date_of_another_model_is_refused(self):
        field = self.env["ir.model.fields"]._get("res.partner", "birthdate_date")
        with self.assertRaisesRegex(ValidationError, "Date"):
            self.policy.date_field_id = field
