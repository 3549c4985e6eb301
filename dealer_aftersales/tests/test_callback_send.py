# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

SEND = "odoo.addons.dealer_aftersales.models.dealer_callback_policy_send"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackSend(AftersalesCase):
    """Policies whose message leaves by itself (CB-12, LOY-05)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.active = False
        cls.greeting = cls.env.ref("dealer_aftersales.mail_template_callback_greeting")
        cls.survey_letter = cls.env.ref(
            "dealer_aftersales.mail_template_callback_survey"
        )
        cls.sms = cls.make_sending("sms")
        cls.people = cls.env["res.partner"].union(
            *(
                cls.make_customer(
                    f"Sent {number}",
                    company_id=cls.branch.id,
                    file_state="filed",
                    birthdate_date="1980-03-10",
                    email=f"sent{number}@example.com",
                    city="Nanjing",
                )
                for number in range(4)
            )
        )

    @classmethod
    def make_sending(cls, channel, **values):
        return cls.make_policy(
            "res.partner",
            "birthdate_date",
            **{
                "name": f"Wishes {channel}",
                "cycle": "yearly",
                "offset_days": 0,
                "purpose": "care",
                "survey_id": False,
                "channel": channel,
                "template_id": cls.greeting.id,
                "domain": "[('name', '=like', 'Sent %')]",
                **values,
            },
        )

    def send(self, policy=None):
        policy = policy or self.sms
        made = self.run_policy(policy)
        self.send_again(policy)
        self.env.invalidate_all()
        return made

    def send_again(self, policy):
        errors = []
        last = policy._send_batch(self.branch, 0, errors)
        while last:
            last = policy._send_batch(self.branch, last, errors)
        return errors

    def run_send_cron(self):
        cron = self.env.ref("dealer_aftersales.ir_cron_send_callbacks")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def messages(self):
        return self.env["sms.sms"].search([("partner_id", "in", self.people.ids)])

    def ledger(self):
        return self.env["dealer.contact"].search(
            [("partner_id", "in", self.people.ids)]
        )

    def test_each_gets_one_message_and_a_line_of_the_ledger(self):
        made = self.send()
        self.assertEqual(set(made.mapped("state")), {"sent"})
        self.assertEqual(len(self.messages()), 4)
        text = self.messages().sorted("id")[0].body
        self.assertRegex(text, "Sent 0.*: We wish you .* all the best")
        self.assertEqual(self.ledger().callback_id, made)
        self.assertEqual(set(self.ledger().mapped("channel")), {"sms"})
        self.assertEqual(set(made.mapped("attempt_count")), {0})
        self.send()
        self.assertEqual(len(self.messages()), 4)

    def test_no_sms_without_consent(self):
        self.people[0]._note_consent(["sms"], ["care"], "withdrawn", "call")
        made = self.run_policy(self.sms)
        self.assertEqual(made.partner_id, self.people[1:])
        self.people[1]._note_consent(["sms"], ["care"], "withdrawn", "call")
        self.send_again(self.sms)
        self.assertEqual(self.messages().partner_id, self.people[2:])
        self.assertEqual(self.ledger().partner_id, self.people[2:])

    def test_the_governor_is_asked_again_at_the_moment_of_sending(self):
        made = self.run_policy(self.sms)
        self.env["dealer.complaint"].create(
            {
                "partner_id": self.people[0].id,
                "content": "Noise",
                "company_id": self.branch.id,
            }
        )
        self.send_again(self.sms)
        self.env.invalidate_all()
        held = made.filtered(lambda c: c.state == "planned")
        self.assertEqual(held.partner_id, self.people[0])
        self.assertEqual(self.messages().partner_id, self.people[1:])

    def test_mail_leaves_in_the_name_of_the_branch(self):
        self.branch.email = "branch@example.com"
        self.send(self.make_sending("email"))
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.people.ids)])
        self.assertEqual(len(mails), 4)
        self.assertIn("branch@example.com", mails[0].email_from)

    def test_letters_wait_until_they_are_printed(self):
        made = self.run_policy(self.make_sending("letter"))
        self.run_send_cron()
        self.assertEqual(set(made.mapped("state")), {"planned"})

    def test_letter_is_printed_once_and_noted(self):
        made = self.run_policy(self.make_sending("letter"))
        self.people[0]._note_consent(["post"], ["care"], "withdrawn", "call")
        letters = made.with_user(self.care)
        action = letters.action_print_letters()
        self.assertEqual(
            action["report_name"], "dealer_aftersales.report_callback_letter"
        )
        states = {c.partner_id: c.state for c in made}
        self.assertEqual(states.pop(self.people[0]), "cancelled")
        self.assertEqual(set(states.values()), {"sent"})
        with self.assertRaises(UserError):
            letters.action_print_letters()
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.care)
            ._render_qweb_html(action["report_name"], made[1:].ids)
        )
        self.assertIn("Sent 3", content.decode())

    def test_one_failure_is_reported_and_skipped(self):
        bad = self.people[1]
        kind = type(self.sms)
        deliver = kind._deliver_sms

        def fail(policy, calls):
            if bad in calls.partner_id:
                raise ValueError("no such number")
            return deliver(policy, calls)

        made = self.run_policy(self.sms)
        with patch.object(kind, "_deliver_sms", fail), self.assertLogs(SEND):
            errors = self.send_again(self.sms)
        self.assertEqual(len(errors), 1)
        self.assertIn("no such number", errors[0])
        self.env.invalidate_all()
        left = made.filtered(lambda c: c.state == "planned")
        self.assertEqual(left.partner_id, bad)
        self.assertEqual(self.messages().partner_id, self.people - bad)
        self.send_again(self.sms)
        self.assertEqual(len(self.messages()), 4, "tried again the day after")

    def test_batches_go_on_and_send_nothing_twice(self):
        made = self.run_policy(self.sms)
        with patch(f"{SEND}.BATCH", 1):
            first = self.sms._send_batch(self.branch, 0, [])
            self.assertEqual(len(self.messages()), 1)
            self.assertEqual(first, min(made.ids))
            self.send_again(self.sms)
        self.assertEqual(len(self.messages()), 4)

    def test_rows_of_another_worker_are_left_to_it(self):
        self.run_policy(self.sms)
        calls = type(self.env["dealer.callback"])
        with patch.object(calls, "try_lock_for_update", lambda self: self.browse()):
            self.send_again(self.sms)
        self.assertFalse(self.messages())

    def test_the_scheduled_action_sends(self):
        self.run_policy(self.sms)
        self.run_send_cron()
        self.assertEqual(len(self.messages()), 4)
        self.assertFalse(self.sms.send_error)

    def test_sent_ones_are_on_nobodys_list_of_calls(self):
        made = self.run_policy(self.sms)
        calls = self.env["dealer.callback"].with_user(self.care)
        due = calls.search(calls._get_my_list_domain())
        self.assertFalse(due & made)
        self.assertFalse(any(made.mapped("is_due")))

    def test_answer_by_phone_makes_it_reached(self):
        made = self.send()[0].with_user(self.care)
        made.action_log_attempt("reached", "Thanks for the wishes")
        self.assertEqual((made.state, made.attempt_count), ("reached", 1))

    def test_answer_on_the_page_makes_it_reached_with_a_score(self):
        policy = self.make_policy(
            name="By SMS",
            purpose="service",
            channel="sms",
            template_id=self.survey_letter.id,
            date_start="2026-01-01",
        )
        repair = self.make_repair("2026-03-07 04:00:00")
        call = self.run_policy(policy).filtered(lambda c: c.repair_id == repair)
        self.send_again(policy)
        text = self.env["sms.sms"].search([("partner_id", "=", self.customer.id)])
        self.assertIn(call.user_input_id.access_token, text.body)
        self.assertEqual(call.state, "sent")
        call.user_input_id._save_lines(self.overall, "5")
        call.user_input_id._mark_done()
        self.assertEqual((call.state, call.score), ("reached", 5))
        self.assertNotEqual(call.purpose, "after_service")

    def test_what_is_sent_cannot_count_as_a_callback(self):
        with self.assertRaisesRegex(ValidationError, "Purpose"):
            self.make_sending("sms", purpose="after_service")
        with self.assertRaisesRegex(ValidationError, "Channel"):
            self.make_sending("phone")
        plain = self.env["mail.template"].create(
            {"name": "Plain", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        with self.assertRaisesRegex(ValidationError, "letter"):
            self.make_sending("sms", template_id=plain.id)

    def test_budget_of_one_night(self):
        """Two messages for one person in one batch: the second waits."""
        self.branch.write({"touch_budget_count": 1, "touch_budget_days": 30})
        cars = [
            self.make_car(
                owner_id=self.people[0].id,
                company_id=self.branch.id,
                inspection_due_date="2026-04-09",
            )
            for _number in range(2)
        ]
        policy = self.env.ref("dealer_aftersales.policy_inspection_due")
        policy.write(
            {
                "active": True,
                "date_start": "2026-01-01",
                "channel": "sms",
                "template_id": self.env.ref(
                    "dealer_aftersales.mail_template_callback_car"
                ).id,
            }
        )
        self.assertEqual(len(cars), 2)
        self.send(policy)
        self.assertEqual(len(self.messages()), 1)

    def test_figures_by_channel(self):
        self.send()
        rows = self.env["dealer.callback"]._read_group(
            [("partner_id", "in", self.people.ids)],
            ["channel", "state"],
            ["__count"],
        )
        self.assertIn(("sms", "sent", 4), rows)

    def test_care_letters_are_on_offer_for_pushes(self):
        for name in ("maintenance_tips", "new_model"):
            letter = self.env.ref(f"dealer_aftersales.mail_template_{name}")
            self.assertTrue(letter.dealer_kind)
            text = letter._render_sms(self.people[0])[self.people[0].id]
            self.assertIn("Sent 0", text)
