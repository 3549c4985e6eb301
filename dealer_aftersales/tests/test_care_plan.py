# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCarePlan(AftersalesCase):
    """One table drives options, calls and how often we try; a class switches it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plans = cls.env["dealer.care.plan"]
        plans.search([]).active = False
        cls.options = cls.env["dealer.service.option"].create(
            [{"name": "Lounge T"}, {"name": "Wash T"}]
        )
        cls.calls = cls.make_care_policy("Talk to A")
        cls.other_calls = cls.make_care_policy("Talk to the others")
        cls.short = cls.env["survey.survey"].create({"title": "Short questions"})
        cls.question = cls.env["survey.question"].create(
            {
                "title": "How are you?",
                "survey_id": cls.short.id,
                "question_type": "scale",
                "scale_min": 1,
                "scale_max": 5,
            }
        )
        cls.make_plans()
        cls.customer.write({"birthdate_date": "1980-03-12"})
        cls.customer.write({"file_state": "filed", "company_id": cls.branch.id})

    @classmethod
    def make_plans(cls):
        plans = cls.env["dealer.care.plan"]
        line_a = {
            "policy_id": cls.calls.id,
            "max_attempts": 5,
            "survey_id": cls.short.id,
        }
        cls.plan_a = plans.create(
            {
                "name": "Best",
                "sequence": 1,
                "value_class": "a",
                "option_ids": [Command.set(cls.options[0].ids)],
                "action_text": "Greet by name",
                "line_ids": [Command.create(line_a)],
            }
        )
        line = {"policy_id": cls.other_calls.id, "max_attempts": 1}
        cls.plan_rest = plans.create(
            {"name": "Rest", "sequence": 9, "line_ids": [Command.create(line)]}
        )

    @classmethod
    def make_care_policy(cls, name):
        return cls.make_policy(
            "res.partner",
            "birthdate_date",
            name=name,
            cycle="yearly",
            offset_days=0,
            purpose="care",
            max_attempts=3,
            count_days=False,
            filed_only=True,
        )

    def set_class(self, name):
        self.customer.sudo().value_class = name
        self.env.flush_all()

    def night(self):
        self.env["dealer.callback"]._switch_care_plans()
        made = self.run_policy(self.calls) | self.run_policy(self.other_calls)
        return made.filtered(lambda c: c.partner_id == self.customer)

    def test_first_fitting_plan_counts(self):
        for name, plan in (("a", self.plan_a), ("b", self.plan_rest)):
            self.set_class(name)
            self.env.invalidate_all()
            self.assertEqual(self.customer.care_plan_id, plan)
            found = self.env["res.partner"].search([("care_plan_id", "=", plan.id)])
            self.assertIn(self.customer, found)
            other = (self.plan_a | self.plan_rest) - plan
            found = self.env["res.partner"].search([("care_plan_id", "=", other.id)])
            self.assertNotIn(self.customer, found)

    def test_every_file_is_in_one_plan(self):
        self.set_class("a")
        self.make_customer()
        total = self.env["res.partner"].search_count([("file_state", "!=", False)])
        plans = self.plan_a | self.plan_rest
        self.assertEqual(sum(plans.mapped("member_count")), total)

    def test_options_follow_the_plan(self):
        offered = self.env["dealer.service.option"]
        self.set_class("b")
        self.assertEqual(
            offered._get_offered(self.customer, self.branch) & self.options,
            self.options[1],
        )
        with self.assert_refused(ValidationError, "Lounge T is not in the care plan"):
            self.options._check_offered(self.customer)
        self.set_class("a")
        self.assertEqual(
            offered._get_offered(self.customer, self.branch) & self.options,
            self.options,
        )
        self.options._check_offered(self.customer)

    def test_calls_follow_the_plan(self):
        self.set_class("a")
        call = self.night()
        self.assertEqual(call.policy_id, self.calls)
        self.assertEqual(call.care_plan_id, self.plan_a)
        self.assertFalse(self.night())

    def test_class_change_switches_the_calls(self):
        self.set_class("a")
        first = self.night()
        self.set_class("c")
        second = self.night()
        self.assertEqual(first.state, "cancelled")
        self.assertEqual(second.policy_id, self.other_calls)
        self.set_class("a")
        third = self.night()
        self.assertEqual(second.state, "cancelled")
        self.assertEqual((third.policy_id, third.state), (self.calls, "planned"))
        self.assertNotEqual(first, third)

    def test_tried_calls_stay(self):
        self.set_class("a")
        call = self.night()
        call.with_user(self.care).action_log_attempt("not_reached")
        self.set_class("c")
        self.night()
        self.assertEqual(call.state, "planned")

    def test_job_of_the_callbacks_switches_first(self):
        self.set_class("a")
        first = self.night()
        self.set_class("b")
        self.run_cron()
        self.assertEqual(first.state, "cancelled")

    def test_attempts_follow_the_plan(self):
        self.set_class("a")
        call = self.night()
        for _index in range(4):
            call.action_log_attempt("not_reached")
        self.assertEqual(call.state, "planned")
        call.action_log_attempt("not_reached")
        self.assertEqual(call.state, "not_reached")
        self.set_class("c")
        call.event_key = False  # else the birthday is over for this person
        once = self.night()
        once.action_log_attempt("not_reached")
        self.assertEqual(once.state, "not_reached")

    def test_questionnaire_follows_the_plan(self):
        self.set_class("a")
        call = self.night().with_user(self.care)
        self.assertEqual([a["question_id"] for a in call.answers], self.question.ids)
        call.save_answers({self.question.id: 4})
        self.assertEqual(call.sudo().user_input_id.survey_id, self.short)
        self.set_class("c")
        other = self.night()
        self.assertEqual(other.sudo().survey_id, self.survey)
        self.assertIn(self.overall.id, [a["question_id"] for a in other.answers])

    def test_policy_in_no_plan_calls_everybody(self):
        free = self.make_care_policy("Free")
        for name in ("a", "c"):
            self.set_class(name)
            domain = free._get_source_domain()
            self.assertIn(self.customer, self.env["res.partner"].search(domain))

    def test_measures_are_read_at_the_desk(self):
        self.set_class("a")
        texts = [line["text"] for line in self.customer._get_desk_now(self.car)]
        self.assertIn("Greet by name", texts)
        self.set_class("b")
        texts = [line["text"] for line in self.customer._get_desk_now(self.car)]
        self.assertNotIn("Greet by name", texts)

    def test_branch_of_a_plan(self):
        self.plan_a.company_id = self.other_branch
        self.set_class("a")
        self.env.invalidate_all()
        self.assertEqual(self.customer.care_plan_id, self.plan_rest)

    def test_managers_edit_the_table(self):
        self.plan_a.with_user(self.service_manager).line_ids.max_attempts = 2
        for user in (self.care, self.advisor, self.consultant):
            with self.assertRaises(AccessError):
                self.plan_a.with_user(user).write({"sequence": 5})
            self.assertTrue(self.plan_a.with_user(user).has_access("read"))

    def test_plans_cost_the_same_for_many_customers(self):
        customers = self.customer.union(*(self.make_customer() for _n in range(12)))

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("care_plan_id")
            return self.env.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(customers[:2]), count(customers))

    def test_shipped_plans_serve_every_class(self):
        """The table as delivered: what a VIP gets, and that nobody is forgotten."""
        plans = self.env["dealer.care.plan"].with_context(active_test=False)
        plans.search([]).active = False
        shipped = self.env["dealer.care.plan"]
        for name in ("vip", "class_a", "loyal", "low_loyalty", "all"):
            shipped |= self.env.ref(f"dealer_aftersales.care_plan_{name}")
        shipped.active = True
        self.customer.sudo().write({"customer_class": "vip"})
        self.env.invalidate_all()
        self.assertEqual(self.customer.care_plan_id, shipped[0])
        total = self.env["res.partner"].search_count([("file_state", "!=", False)])
        self.assertEqual(sum(shipped.mapped("member_count")), total)
        policy = self.env.ref("dealer_aftersales.policy_owner_care")
        self.assertEqual(shipped.line_ids.policy_id, policy)
