# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackFinding(AftersalesCase):
    """CB-13: a bad answer has a cause and a decision, before the call is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.finding_required = True
        cls.cause = cls.env["dealer.cause"].create(
            {"name": "Test not driven", "kind": "process"}
        )
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def test_bad_score_is_not_closed_without_its_cause(self):
        self.callback.save_answers({self.overall.id: 2})
        with self.assertRaisesRegex(ValidationError, "Cause.*last repair.*2"):
            self.callback.action_save_answers()
        self.callback.cause_id = self.cause
        with self.assertRaisesRegex(ValidationError, "Complaint"):
            self.callback.action_save_and_next()
        self.callback.complaint_choice = "no"
        self.callback.action_save_answers()
        self.assertEqual(self.callback.state, "reached")
        self.assertFalse(self.callback.is_finding_open)

    def test_every_way_to_close_asks_for_the_cause(self):
        self.callback.save_answers({self.overall.id: 1})
        values = self.callback._prepare_contact_values("reached", "by import")
        for model, method, args in (
            ("dealer.callback", "action_log_attempt", (self.callback.ids, "reached")),
            ("dealer.callback", "action_save_and_next", (self.callback.ids,)),
            ("dealer.contact", "create", ([values],)),
        ):
            with self.subTest(method=method):
                with self.assertRaisesRegex(ValidationError, "Cause"):
                    self.call(self.care, model, method, *args)
        self.assertEqual(self.callback.state, "planned")

    def test_client_cannot_say_that_a_customer_answered_by_himself(self):
        self.callback.save_answers({self.overall.id: 1})
        claimed = self.callback.with_context(dealer_link_answers=True)
        with self.assertRaisesRegex(ValidationError, "Cause"):
            claimed.action_save_answers()

    def test_not_reached_needs_no_cause(self):
        self.callback.save_answers({self.overall.id: 1})
        self.callback.action_not_reached()
        self.assertEqual(self.callback.attempt_count, 1)

    def test_single_point_below_its_limit_is_a_finding_that_closes(self):
        self.callback.save_answers({self.overall.id: 4, self.advisor_question.id: 2})
        self.assertTrue(self.callback.has_finding)
        self.assertTrue(self.callback.is_finding_shown)
        self.callback.action_save_answers()
        self.assertEqual(self.callback.state, "reached")

    def test_single_point_counts_where_the_overall_question_was_not_asked(self):
        self.callback.save_answers({self.advisor_question.id: 1})
        with self.assertRaisesRegex(ValidationError, "Cause.*service advisor"):
            self.callback.action_save_answers()

    def test_limit_is_the_questions_own(self):
        self.overall.satisfied_from = 3
        self.callback.save_answers({self.overall.id: 3})
        self.callback.action_save_answers()
        self.assertFalse(self.callback.has_finding)

    def test_correction_of_a_closed_call_asks_again(self):
        self.callback.save_answers({self.overall.id: 5})
        self.callback.action_save_answers()
        self.callback.save_answers({self.overall.id: 1})
        with self.assertRaisesRegex(ValidationError, "Cause"):
            self.callback.action_save_answers()
        found = self.callback.search([("is_finding_open", "=", True)])
        self.assertEqual(found, self.callback)
        self.assertTrue(self.callback.is_finding_open)

    def test_good_answer_again_needs_nothing(self):
        self.callback.save_answers({self.overall.id: 1})
        self.callback.save_answers({self.overall.id: 5})
        self.assertFalse(self.callback.has_finding)
        self.callback.action_save_answers()

    def test_branch_may_do_without(self):
        self.branch.finding_required = False
        self.callback.save_answers({self.overall.id: 1})
        self.callback.action_save_answers()
        self.assertEqual(self.callback.state, "reached")

    def test_follow_up_hook_runs_at_each_save(self):
        calls = []
        self.patch(
            type(self.env["dealer.callback"]),
            "_after_reached",
            lambda self: calls.append((self.id, self.complaint_choice)),
        )
        self.callback.write({"cause_id": self.cause.id, "complaint_choice": "yes"})
        self.callback.save_answers({self.overall.id: 1})
        self.callback.action_save_answers()
        self.callback.action_save_answers()
        self.assertEqual(calls, [(self.callback.id, "yes")] * 2)

    def test_advisor_reads_answers_of_own_orders_and_changes_nothing(self):
        self.callback.save_answers({self.overall.id: 2})
        mine = self.callback.with_user(self.advisor)
        with self.assertRaises(AccessError):
            self.call(self.advisor, "dealer.callback", "read", mine.ids, ["answers"])
        self.callback.repair_id.sudo().advisor_id = self.advisor
        self.env.invalidate_all()
        [row] = self.call(
            self.advisor, "dealer.callback", "read", mine.ids, ["answers", "score"]
        )
        self.assertEqual(row["score"], 2)
        for method, args in (
            ("write", ({"cause_id": self.cause.id},)),
            ("write", ({"complaint_choice": "no"},)),
            ("write", ({"remark": "He was happy"},)),
            ("save_answers", ({self.overall.id: 5},)),
            ("action_save_answers", ()),
            ("action_send_link_email", ()),
            ("action_make_link", ()),
            ("action_call_later", ()),
        ):
            with self.subTest(method=method):
                with self.assertRaises(AccessError):
                    self.call(self.advisor, "dealer.callback", method, mine.ids, *args)
