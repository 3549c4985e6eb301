# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, AftersalesCase

DAY = fields.Date.to_date(TODAY)
FIELDS = ["value_class", "value_score", "value_group", "loyalty_score"]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestValueClass(AftersalesCase):
    """Class, group and loyalty as the database counts them."""

    def visit(self, days, amount=0, customer=None, **values):
        customer = customer or self.customer
        moment = fields.Datetime.to_datetime(DAY - timedelta(days=days))
        return self.make_repair(
            fields.Datetime.add(moment, hours=4),
            partner_id=customer.id,
            vehicle_id=values.pop(
                "vehicle_id", customer.vehicle_ids[:1].id or self.car.id
            ),
            amount_parts_history=amount,
            **values,
        )

    def judge(self, customer=None):
        customer = customer or self.customer
        customer._refresh_value()
        return customer.value_class

    def logs(self, customer=None):
        return self.env["dealer.value.log"].search(
            [("partner_id", "=", (customer or self.customer).id)], order="month"
        )

    def test_ten_customers_as_counted_by_hand(self):
        """(days ago, amount) of paid visits; the cars were bought long ago."""
        cases = (
            ([(1, 4000), (60, 3000), (120, 2000), (200, 1000)], 15, "a"),
            ([(10, 2000), (100, 2000), (300, 1000)], 13, "a"),
            ([(5, 1000), (95, 500), (250, 500)], 12, "a"),
            ([(5, 1000), (95, 1000)], 11, "b"),
            ([(100, 300), (200, 300)], 9, "b"),
            ([(200, 5000)], 9, "b"),
            ([(200, 500)], 7, "c"),
            ([(300, 100)], 5, "c"),
            ([(400, 90000)], 3, "c"),
            ([], 3, "c"),
        )
        for visits, points, expected in cases:
            customer = self.make_customer()
            self.make_car(owner_id=customer.id, purchase_date="2020-01-01")
            for days, amount in visits:
                self.visit(days, amount, customer)
            self.assertEqual(self.judge(customer), expected, visits)
            self.assertEqual(customer.value_score, points, visits)

    def test_prospect_has_no_class_and_no_line(self):
        prospect = self.make_customer("Prospect")
        self.assertFalse(self.judge(prospect))
        self.assertFalse(self.logs(prospect))

    def test_only_paid_visits_and_own_days_count(self):
        self.customer.vehicle_ids.purchase_date = "2020-01-01"
        for kind in ("warranty", "accident", "comeback"):
            self.visit(5, 9000, service_kind=kind)
        self.visit(10, 100)
        self.visit(10, 100)
        facts = self.customer._get_value_facts()[self.customer.id]
        self.assertEqual((facts.visits, facts.amount), (1, 200))
        self.assertEqual(facts.last_visit, DAY - timedelta(days=5))

    def test_visit_by_another_person_counts_for_the_owner_but_not_his_money(self):
        driver = self.make_customer("Driver")
        self.car.purchase_date = "2020-01-01"
        self.visit(10, 700, driver, vehicle_id=self.car.id)
        facts = self.customer._get_value_facts()[self.customer.id]
        self.assertEqual((facts.visits, facts.amount), (1, 0))

    def test_delivery_judges_at_once(self):
        self.assertFalse(self.customer.last_visit_on)
        self.visit(0, 100)
        self.customer._refresh_lifecycle("repair")
        self.assertEqual(self.customer.last_visit_on, DAY)
        self.assertTrue(self.customer.value_class)

    def test_ratings_move_the_class_and_are_for_those_who_know_him(self):
        self.car.purchase_date = "2020-01-01"
        self.visit(5, 1000)
        self.visit(95, 1000)
        self.assertEqual((self.judge(), self.customer.value_score), ("b", 11))
        self.customer.with_user(self.advisor).rating_conduct = "high"
        self.assertEqual(
            (self.customer.value_class, self.customer.value_score), ("a", 12)
        )
        self.customer.with_user(self.care).rating_credit = "low"
        self.assertEqual(self.customer.value_class, "b")
        clerk = self.make_user("clerk", "account.group_account_invoice")
        for user in (self.technician, clerk):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).read(["rating_credit"])

    def test_a_manager_sets_the_class_for_a_time(self):
        self.judge()
        mine = self.customer.with_user(self.service_manager)
        with self.assert_refused(ValidationError, "Reason for the Class"):
            mine.write({"value_class_manual": "a"})
        with self.assert_refused(ValidationError, "Class holds until"):
            mine.write(
                {"value_class_manual": "a", "value_manual_reason": "Fleet owner"}
            )
        mine.write(
            {
                "value_class_manual": "a",
                "value_manual_reason": "Fleet owner",
                "value_manual_until": "2026-03-31",
            }
        )
        self.assertEqual(self.customer.value_class, "a")
        self.assertTrue(self.logs().is_manual)
        with freeze_time("2026-04-01 04:00:00"):
            self.assertEqual(self.judge(), "c")
        for user in (self.advisor, self.care, self.consultant):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).write({"value_class_manual": "a"})

    def test_nobody_writes_the_class(self):
        self.judge()
        for name in ("value_class", "value_group", "loyalty_band"):
            value = {"value_class": "a", "value_group": "high_stable"}.get(name, "high")
            with self.assertRaises(AccessError):
                self.customer.with_user(self.director).write({name: value})

    def test_month_keeps_the_class_with_the_one_before(self):
        self.car.purchase_date = "2020-01-01"
        self.visit(1, 4000)
        self.visit(60, 4000)
        self.visit(120, 4000)
        self.assertEqual(self.judge(), "a")
        self.assertEqual(self.judge(), "a")
        log = self.logs()
        self.assertEqual(len(log), 1)
        self.assertFalse(log.previous_class)
        with freeze_time("2027-03-15 04:00:00"):
            self.assertEqual(self.judge(), "c")
            first, second = self.logs()
        self.assertEqual(first, log)
        self.assertEqual((second.previous_class, second.value_class), ("a", "c"))
        self.assertTrue(second.is_class_changed)
        self.assertEqual(second.value_group, "no_value")
        self.assertLess(second.loyalty_score, second.previous_score)

    def test_job_runs_twice_and_writes_once(self):
        cron = self.env.ref("dealer_aftersales.ir_cron_update_value")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        lines = self.env["dealer.value.log"].search_count([])
        self.assertTrue(lines)
        self.assertEqual(self.customer._refresh_value(), 0)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.env["dealer.value.log"].search_count([]), lines)

    def test_cells_of_the_matrix_add_up_to_all_customers(self):
        partners = self.customer
        for days in (10, 200, 500):
            customer = self.make_customer()
            self.make_car(owner_id=customer.id, purchase_date="2020-01-01")
            self.visit(days, 3000, customer)
            partners |= customer
        partners._refresh_value()
        domain = [("partner_id", "in", partners.ids)]
        cells = (
            self.env["dealer.value.log"]
            .with_user(self.care)
            .formatted_read_group(domain, ["value_group", "value_class"], ["__count"])
        )
        self.assertEqual(sum(cell["__count"] for cell in cells), len(partners))
        self.assertTrue(all(cell["value_group"] for cell in cells))

    def test_loyalty_with_referral_answer_and_complaint(self):
        self.car.purchase_date = "2020-01-01"
        self.visit(1, 1000)
        self.visit(100, 1000)
        self.visit(200)
        self.make_lead(referrer_id=self.customer.id)
        self.env["dealer.complaint"].create(
            {"partner_id": self.customer.id, "content": "Too slow"}
        )
        for score in (5, 5, 5, 1):
            repair = self.visit(4)
            callback = self.run_policy().filtered(lambda c, r=repair: c.repair_id == r)
            callback.save_answers({self.overall.id: score})
            repair.date_delivered = "2026-03-09 04:00:00"
        facts = self.customer._get_value_facts()[self.customer.id]
        self.assertEqual(
            (facts.referrals, facts.scored, facts.satisfied, facts.complaints),
            (1, 4, 3, 1),
        )
        self.judge()
        # recency 5, frequency 4 or 5, money 3: see the explanation for the parts
        text = self.customer.with_user(self.care).value_explanation
        self.assertIn(f"Loyalty in all: {self.customer.loyalty_score}", text)
        self.assertIn("75 × 15", text)

    def test_settings_are_checked_and_name_the_field(self):
        for name, value in (
            ("value_recency_months", "3, 6, 9"),
            ("value_recency_months", "12, 9, 6, 3"),
            ("value_frequency_visits", "1, 2, 3, 4"),
            ("value_money_amounts", "much"),
            ("value_b_from", 13),
            ("loyalty_weight_money", -1),
            ("value_leaving_percent", 50),
        ):
            label = "|".join(("Months", "Visits", "Money", "Class A", "Weight", "Leav"))
            with self.assert_refused(ValidationError, label):
                self.branch.write({name: value})

    def test_by_visits_in_the_settings(self):
        self.branch.value_mode = "visits"
        self.car.purchase_date = "2020-01-01"
        self.assertEqual(self.judge(), "d")
        self.assertEqual(self.customer.value_group, "no_value")
        self.visit(10, 5)
        self.assertEqual(self.judge(), "c")

    def test_list_of_class_a_shows_who_is_overdue_by_his_own_interval(self):
        self.car.purchase_date = "2020-01-01"
        for days in (41, 71, 101, 131):
            self.visit(days, 3000)
        self.assertEqual(self.judge(), "a")
        self.assertEqual(self.customer.visit_gap_days, 30)
        self.assertEqual(self.customer.visit_due_on, DAY - timedelta(days=11))
        punctual = self.make_customer("Punctual")
        self.make_car(owner_id=punctual.id, purchase_date="2020-01-01")
        for days in (30, 60, 90, 120):
            self.visit(days, 3000, punctual)
        self.assertEqual(self.judge(punctual), "a")
        for number, day in enumerate(("2026-03-14", "2026-03-12")):
            self.env["dealer.callback"].create(
                {
                    "policy_id": self.policy.id,
                    "source_id": 1,
                    "cycle_key": str(number),
                    "partner_id": self.customer.id,
                    "company_id": self.branch.id,
                    "date_due": day,
                }
            )
        self.assertEqual(str(self.customer.next_contact_on), "2026-03-12")
        action = self.env.ref("dealer_aftersales.res_partner_action_class_a")
        domain = [("file_state", "!=", False), ("value_class", "=", "a")]
        self.assertIn("value_class", action.domain)
        listed = self.env["res.partner"].with_user(self.care).search(domain)
        mine = listed & (self.customer | punctual)
        self.assertEqual(len(mine), 2)
        self.assertEqual(mine.filtered("is_visit_overdue"), self.customer)
        overdue = self.env["res.partner"].search(
            [*domain, ("visit_due_on", "<", "today")]
        )
        self.assertEqual(overdue & mine, self.customer)

    def test_list_costs_the_same_for_many(self):
        customers = self.customer
        for _index in range(15):
            customers |= self.make_customer()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            names = ["next_contact_on", "is_visit_overdue", "value_class"]
            records.with_user(self.care).read(names)
            return self.env.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(customers[:2]), count(customers))

    def test_refresh_costs_the_same_for_many(self):
        customers = self.customer
        for _index in range(15):
            customers |= self.make_customer()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._refresh_value()
            return self.env.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(customers[:2]), count(customers))

    def test_history_goes_with_the_person(self):
        self.visit(5, 100)
        self.judge()
        self.customer.rating_credit = "low"
        sources = self.customer._get_privacy_sources()
        self.assertIn(
            "dealer.value.log", [s["model"] for s in sources if isinstance(s, dict)]
        )
        self.customer._empty_ledger()
        self.assertFalse(self.logs())
        self.assertIn("rating_credit", self.customer._prepare_anonymous_values())

    def test_who_reads_the_history(self):
        self.judge()
        for user in (self.care, self.advisor, self.service_manager, self.consultant):
            self.assertTrue(self.logs().with_user(user).has_access("read"))
        for user in (self.technician, self.make_user("plain", "base.group_user")):
            self.assertFalse(self.logs().with_user(user).has_access("read"))
        self.customer.company_id = self.branch
        self.judge()
        self.assertFalse(self.logs().with_user(self.care_north).has_access("read"))
        with self.assertRaises(AccessError):
            self.logs().with_user(self.director).write({"value_class": "a"})

    def test_badge_on_desk_and_call(self):
        callback = self.make_callback("2026-03-09 04:00:00")
        self.judge()
        who = self.customer.with_user(self.advisor)._get_desk_who()
        labels = [tag[0] for tag in who["tags"]]
        self.assertTrue(any(label.startswith("Class ") for label in labels), labels)
        self.assertEqual(
            callback.with_user(self.care).partner_value_class,
            self.customer.value_class,
        )
