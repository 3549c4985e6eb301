# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase

MODULE = "odoo.addons.dealer_aftersales.models.dealer_remark_rule"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRemarkRules(AftersalesCase):
    """SAT-11: words in remarks set tags."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.remark.rule"].search([]).unlink()
        cls.wait = cls.env.ref("dealer_aftersales.issue_wait_time")
        cls.praise = cls.env.ref("dealer_aftersales.issue_praise_people")
        cls.rule = cls.env["dealer.remark.rule"].create(
            {"issue_id": cls.wait.id, "words": "等太久, waited too long"}
        )
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def run_job(self):
        cron = self.env.ref("dealer_aftersales.ir_cron_tag_remarks")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_saved_remark_gets_its_tag(self):
        self.callback.remark = "师傅不错，但是等太久了"
        self.assertEqual(self.callback.issue_ids, self.wait)

    def test_remark_without_the_words_stays(self):
        self.callback.remark = "Everything was fine."
        self.assertFalse(self.callback.issue_ids)

    def test_tag_taken_away_is_not_set_again(self):
        self.callback.remark = "I waited too long"
        self.callback.issue_ids = False
        self.callback.remark = "I waited too long, again"
        self.run_job()
        self.assertFalse(self.callback.issue_ids)

    def test_tag_set_by_hand_stays(self):
        self.callback.issue_ids = self.praise
        self.callback.remark = "I waited too long"
        self.assertEqual(self.callback.issue_ids, self.praise | self.wait)
        self.callback.remark = "Nothing to say"
        self.assertEqual(self.callback.issue_ids, self.praise | self.wait)

    def test_job_does_older_remarks_once(self):
        self.callback.remark = "The people were so friendly"
        rule = self.env["dealer.remark.rule"].create(
            {"issue_id": self.praise.id, "words": "friendly"}
        )
        self.assertFalse(self.callback.issue_ids)
        self.run_job()
        self.assertEqual(self.callback.issue_ids, self.praise)
        self.assertFalse(rule.is_pending)
        self.run_job()
        self.assertEqual(rule.match_count, 1)

    def make_older_remarks(self):
        """Five remarks on each of two models, saved before there was a rule."""
        repairs = self.make_repairs(5, "2026-03-08 05:00:00")
        calls = self.run_policy().filtered(lambda c: c.repair_id in repairs)
        calls.write({"remark": "so friendly"})
        contacts = self.env["dealer.contact"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "purpose": "complaint",
                    "content": "so friendly",
                }
                for _number in range(5)
            ]
        )
        self.rule.is_pending = False
        rule = self.env["dealer.remark.rule"].create(
            {"issue_id": self.praise.id, "words": "friendly"}
        )
        return calls, contacts, rule

    def run_short(self):
        """The job with time for one batch of two; returns what it said is left."""
        left = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            left.append(remaining)
            return 0 if processed else 60

        with (
            patch(f"{MODULE}.BATCH", 2),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit),
        ):
            self.env["dealer.remark.rule"]._cron_tag_remarks()
        self.env.invalidate_all()
        return left[-1] if left else None

    def test_job_cut_short_goes_on_and_ends_alike(self):
        calls, contacts, rule = self.make_older_remarks()
        done, runs = [], 0
        while rule.is_pending and runs < 20:
            left = self.run_short()
            runs += 1
            done.append(rule.match_count)
            if rule.is_pending:
                self.assertTrue(left, "the server calls it again")
        self.assertEqual(done, [2, 4, 7, 9, 10], "each run does other remarks")
        for record in (*calls, *contacts):
            self.assertEqual(record.issue_ids, self.praise)
        self.assertEqual((rule.match_count, rule.is_pending), (10, False))
        self.assertIsNone(self.run_short(), "nothing is left to do")

    def test_rule_changed_in_between_starts_from_the_first_remark(self):
        calls, contacts, rule = self.make_older_remarks()
        self.run_short()
        self.assertEqual(rule.match_count, 2)
        second = self.env["dealer.remark.rule"].create(
            {"issue_id": self.wait.id, "words": "so"}
        )
        for _run in range(20):
            self.run_short()
        for record in (*calls, *contacts):
            self.assertEqual(record.issue_ids, self.praise | self.wait)
        self.assertFalse((rule | second).filtered("is_pending"))

    def test_rule_changed_during_the_run_stays_to_do(self):
        calls, _contacts, rule = self.make_older_remarks()
        origin = type(rule)._walk_remarks

        def walk(rules, name):
            done = origin(rules, name)
            rule.words = "so"
            return done

        with patch.object(type(rule), "_walk_remarks", walk):
            self.run_job()
        self.assertTrue(rule.is_pending)
        self.run_job()
        self.assertFalse(rule.is_pending)
        self.assertEqual(calls.issue_ids, self.praise)

    def test_changed_rule_looks_at_the_past_again(self):
        self.callback.remark = "rather slow"
        self.run_job()
        self.rule.words = "slow"
        self.assertTrue(self.rule.is_pending)
        self.rule.action_apply_now()
        self.env.invalidate_all()
        self.assertEqual(self.callback.issue_ids, self.wait)

    def test_complaint_and_ledger(self):
        complaint = self.env["dealer.complaint"].create(
            {"partner_id": self.customer.id, "content": "等太久！"}
        )
        self.assertEqual(complaint.issue_ids, self.wait)
        contacts = self.env["dealer.contact"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "purpose": purpose,
                    "content": "waited too long",
                }
                for purpose in ("complaint", "after_service", "follow_up")
            ]
        )
        self.assertEqual(contacts[0].issue_ids, self.wait)
        self.assertEqual(contacts[1].issue_ids, self.wait)
        self.assertFalse(contacts[2].issue_ids)

    def test_button_tries_a_remark(self):
        with Form(self.rule.with_user(self.service_manager)) as form:
            form.test_text = "we waited too long today"
            self.assertIn(self.wait.name, form.test_result)
            form.test_text = "quick work"
            self.assertEqual(form.test_result, "Does not fit")

    def test_rule_without_words_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "names no word"):
            self.rule.words = " ,\n"

    def test_only_managers_make_rules(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.care).words = "x"
        self.rule.with_user(self.service_manager).words = "x"

    def test_shipped_rules_tag_a_remark_in_both_languages(self):
        rules = self.env["dealer.remark.rule"]
        rules.create(
            {
                "issue_id": self.praise.id,
                "words": "态度好, friendly",
                "exceptions": "not friendly",
            }
        )
        self.callback.remark = "服务顾问态度好"
        self.assertEqual(self.callback.issue_ids, self.praise)
        other = self.make_callback("2026-03-08 04:00:00").with_user(self.care)
        other.remark = "They were not friendly"
        self.assertFalse(other.issue_ids)

    def test_saving_costs_the_same_for_many(self):
        repairs = self.make_repairs(30, "2026-03-08 05:00:00")
        made = self.run_policy().filtered(lambda c: c.repair_id in repairs)
        counts = []
        for number, records in enumerate((made[:2], made[2:])):
            self.env.flush_all()
            before = self.cr.sql_log_count
            records.write({"remark": f"waited too long {number}"})
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
        self.assertEqual(made.issue_ids, self.wait)
