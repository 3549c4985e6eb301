# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import product

from odoo import fields
from odoo.tests import tagged

from ..tools.governor import Facts, Rules, judge_contact
from .common import DealerCrmCase

CHANNELS = ("call", "sms", "email", "wechat", "post")
PURPOSES = ("marketing", "care", "service")


@tagged("post_install", "-at_install")
class TestGovernor(DealerCrmCase):
    """One answer to "may we write to him?", in words and as a domain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.write({"touch_budget_count": 2, "touch_budget_days": 30})
        cls.customer = cls.make_customer(email="wang@example.com", city="Shanghai")

    def touch(self, days=1, partner=None, **values):
        return self.env["dealer.contact"].create(
            {
                "partner_id": (partner or self.customer).id,
                "channel": "sms",
                "purpose": "marketing",
                "direction": "out",
                "date": fields.Datetime.subtract(fields.Datetime.now(), days=days),
                **values,
            }
        )

    def ask(self, channel="sms", purpose="marketing"):
        return self.customer._explain_contact(channel, purpose)[self.customer.id]

    def test_nothing_against_it(self):
        self.assertEqual(self.ask(), (True, ""))

    def test_budget_counts_touches_of_the_days_before(self):
        self.touch()
        self.touch(days=40)
        self.touch(channel="phone", outcome="not_reached")
        self.touch(purpose="after_service")
        self.assertTrue(self.ask()[0])
        self.touch(purpose="reminder")
        allowed, reason = self.ask()
        self.assertFalse(allowed)
        self.assertIn("2", reason)
        self.assertFalse(self.ask(purpose="care")[0])
        self.assertTrue(self.ask(purpose="service")[0], "a duty has no budget")

    def test_budget_of_zero_is_no_limit(self):
        self.touch()
        self.touch()
        self.branch.touch_budget_count = 0
        self.assertTrue(self.ask()[0])

    def test_open_problem_silences_advertising_only(self):
        def problems(partners):
            return {self.customer.id: ["repair not finished"]}

        self.patch(type(self.customer), "_get_open_problems", problems)
        self.assertEqual(self.ask(), (False, "repair not finished"))
        self.assertTrue(self.ask(purpose="care")[0])
        texts = [mark["text"] for mark in self.customer._get_desk_marks()]
        self.assertTrue(any("repair not finished" in text for text in texts))

    def test_wrong_phone_and_missing_address_are_told(self):
        self.customer.phone_invalid = True
        self.customer.email = False
        self.assertFalse(self.ask("call", "care")[0])
        self.assertTrue(self.ask("call", "service")[0])
        self.assertFalse(self.ask("email", "service")[0])

    def test_advice_names_the_reason_and_escapes_it(self):
        def problems(partners):
            return {self.customer.id: ["<b>bad</b>"]}

        self.patch(type(self.customer), "_get_open_problems", problems)
        advice = self.customer.with_user(self.consultant).contact_advice
        self.assertIn("&lt;b&gt;bad", advice)
        self.assertEqual(advice.count("<li>"), 10)

    def test_domain_says_the_same_as_the_answer(self):
        """Any mix of facts: jobs and screens leave out the same persons."""
        people = self.env["res.partner"]
        for number in range(16):
            person = self.make_customer(
                f"Person {number}", email=f"p{number}@example.com"
            )
            person.phone_invalid = bool(number & 1)
            if number & 2:
                self.touch(partner=person)
                self.touch(partner=person, purpose="care")
            if number & 4:
                person._note_consent(["sms", "call"], PURPOSES, "withdrawn", "call")
            if number & 8:
                person._note_consent(["sms", "post"], PURPOSES, "given", "call")
            people |= person
        for needed, channel, purpose in product((True, False), CHANNELS, PURPOSES):
            self.branch.is_consent_needed = needed
            told = people._explain_contact(channel, purpose)
            allowed = people.filtered(lambda p, told=told: told[p.id][0])
            domain = people._get_contactable_domain(channel, purpose)
            domain &= people._get_reachable_domain(channel)
            found = people.sudo().search([("id", "in", people.ids), *domain])
            self.assertEqual(found, allowed.sorted(), (needed, channel, purpose))

    def test_fifty_are_asked_with_the_queries_of_five(self):
        people = self.env["res.partner"]
        for _number in range(50):
            people |= self.make_customer()
        self.env.flush_all()
        counts = []
        for group in (people[:5], people[:5], people):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            group._explain_contact("sms", "marketing")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_rule_names_the_first_reason(self):
        facts = Facts(is_restricted=True, touches=9, problems=("x",))
        self.assertEqual(
            judge_contact(facts, "sms", "marketing", Rules(budget=1)), "restricted"
        )
        facts = Facts(touches=1, addresses=frozenset({"phone"}))
        self.assertEqual(judge_contact(facts, "sms", "care", Rules(budget=1)), "budget")
        self.assertIsNone(judge_contact(facts, "sms", "care", Rules(budget=2)))
