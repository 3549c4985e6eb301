# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from contextlib import ExitStack, suppress
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

MODELS = "odoo.addons.dealer_aftersales.models"
BATCHES = ("dealer_callback_policy_job", "dealer_callback_policy_send")
KILLS = 50


class Killed(BaseException):
    """The process is gone; nothing catches it."""


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackNights(AftersalesCase):
    """A night that dies at any point, again and again, ends like a quiet one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.user_ids = cls.care | cls.care_two
        greeting = cls.env.ref("dealer_aftersales.mail_template_callback_greeting")
        cls.people = cls.env["res.partner"].union(
            *(
                cls.make_customer(
                    f"Night {number}",
                    company_id=cls.branch.id,
                    file_state="filed",
                    birthdate_date="1980-03-10",
                    email=f"night{number}@example.com",
                )
                for number in range(4)
            )
        )
        cls.policies = cls.policy | cls.make_wishes(greeting)
        cls.policies |= cls.make_inspections(greeting)
        cls.make_repairs(4)

    @classmethod
    def make_inspections(cls, greeting):
        for person in cls.people:
            cls.make_car(
                owner_id=person.id,
                company_id=cls.branch.id,
                inspection_due_date="2026-04-09",
            )
        inspection = cls.env.ref("dealer_aftersales.policy_inspection_due")
        inspection.write(
            {
                "active": True,
                "date_start": "2026-01-01",
                "channel": "email",
                "template_id": greeting.id,
            }
        )
        return inspection

    @classmethod
    def make_wishes(cls, greeting):
        return cls.make_policy(
            "res.partner",
            "birthdate_date",
            name="Wishes",
            cycle="yearly",
            offset_days=0,
            purpose="care",
            survey_id=False,
            channel="sms",
            template_id=greeting.id,
            domain="[('name', '=like', 'Night %')]",
        )

    def night(self, env):
        jobs = env["dealer.callback.policy"]
        jobs._cron_make_callbacks()
        jobs._cron_send_callbacks()

    def content(self):
        """Calls, messages and ledger as they must be, without ids and moments."""
        self.env.invalidate_all()
        persons = ("partner_id", "in", self.people.ids)
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.people.ids)])
        messages = self.env["sms.sms"].search([persons])
        ledger = self.env["dealer.contact"].search([persons])
        return (
            self.snapshot(*self.policies),
            sorted((sms.partner_id.id, sms.body) for sms in messages),
            sorted((mail.recipient_ids.ids, str(mail.subject)) for mail in mails),
            sorted(
                (line.partner_id.id, line.channel, line.callback_id.policy_id.id)
                for line in ledger
            ),
        )

    def test_fifty_deaths_end_like_a_quiet_night(self):
        with self.env.cr.savepoint() as whole:
            with self.enter_registry_test_mode(), self.registry.cursor() as cr:
                self.night(self.env(cr=cr))
            expected = self.content()
            whole.rollback()
        self.env.invalidate_all()
        self.assertEqual([len(part) for part in expected], [12, 4, 4, 8])
        draw, states = random.Random(KILLS), set()
        for number in range(KILLS):
            self.die_after(draw.randrange(1, 4 + number))
            states.add(str(self.content()))
        self.assertGreater(len(states), 5, "it died in different places")
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.night(self.env(cr=cr))
        self.assertEqual(self.content(), expected)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.night(self.env(cr=cr))
        self.assertEqual(self.content(), expected, "run twice it makes nothing")

    def die_after(self, steps):
        """A night in small batches that is killed at its so many-th step."""
        left = [steps]

        def mortal(origin):
            def step(records, *args, **kwargs):
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
                result = origin(records, *args, **kwargs)
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
                return result

            return step

        policies = type(self.policy)
        calls = type(self.env["dealer.callback"])
        cron = type(self.env["ir.cron"])
        points = (
            (policies, "_make_callbacks"),
            (policies, "_deliver_sms"),
            (policies, "_deliver_email"),
            (policies, "_cancel_outdated"),
            (calls, "_mark_sent"),
            (cron, "_commit_progress"),
        )
        with ExitStack() as stack:
            for name in BATCHES:
                stack.enter_context(patch(f"{MODELS}.{name}.BATCH", 1))
            for owner, name in points:
                stack.enter_context(
                    patch.object(owner, name, mortal(getattr(owner, name)))
                )
            stack.enter_context(self.enter_registry_test_mode())
            stack.enter_context(suppress(Killed))
            cr = stack.enter_context(self.registry.cursor())
            self.night(self.env(cr=cr))

    def test_two_workers_make_each_call_once(self):
        """What the other worker committed in between is no error and no double."""
        expected = len(self.run_policy())
        origin = type(self.policy)._get_insert_query
        again = []

        def second_worker(policy, company, limit, after):
            query = origin(policy, company, limit, after)
            if not again and query is not None:
                again.append(policy)
                policy._make_callbacks(company, limit, after)
            return query

        self.env["dealer.callback"].sudo().search(
            [("policy_id", "=", self.policy.id)]
        ).unlink()
        with patch.object(type(self.policy), "_get_insert_query", second_worker):
            self.assertFalse(self.run_policy())
        self.assertEqual(len(self.policy.callback_ids), expected)
