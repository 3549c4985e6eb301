# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase


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
