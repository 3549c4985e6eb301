# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase

SPEC = {
    "date_promised": {},
    "partner_id": {"fields": {"display_name": {}}},
    "phone": {},
    "vehicle_id": {"fields": {"display_name": {}}},
    "reason": {},
    "attempt_count": {},
    "best_time": {},
    "customer_value": {},
    "date_due": {},
    "date_window_end": {},
    "is_late": {},
    "is_due_today": {},
    "is_promise_over": {},
    "state": {},
}
ORDER = "date_promised, call_rank, date_window_end, date_due, id"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackPromise(AftersalesCase):
    """The list of the day: what was promised, who is valuable, whose window ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def due(self):
        domain = [("is_due", "=", True), ("policy_id", "=", self.policy.id)]
        return self.env["dealer.callback"].with_user(self.care).search(domain)

    def test_promised_call_leaves_the_list_until_its_day(self):
        self.callback.action_call_later("2026-03-12 02:00:00")
        self.assertNotIn(self.callback, self.due())
        with freeze_time("2026-03-12 01:00:00"):
            self.env.invalidate_all()
            self.assertIn(self.callback, self.due())
            self.assertFalse(self.callback.is_late)
        with freeze_time("2026-03-12 03:00:00"):
            self.env.invalidate_all()
            self.assertTrue(self.callback.is_late)
            late = self.callback.search([("is_late", "=", True)])
            self.assertIn(self.callback, late)

    def test_promise_of_the_past_names_the_field(self):
        with self.assertRaisesRegex(ValidationError, "Call agreed for"):
            self.callback.action_call_later("2026-03-01 02:00:00")
        self.assertFalse(self.callback.attempt_count)

    def test_promise_is_kept_beyond_the_window(self):
        self.callback.action_call_later("2026-03-20 02:00:00")
        with freeze_time("2026-03-18 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
            self.assertEqual(self.callback.state, "planned")
        with freeze_time("2026-03-21 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
            self.assertEqual(self.callback.state, "not_reached")

    def test_promise_of_the_third_call_keeps_it_open(self):
        self.policy.count_days = False
        self.callback.action_not_reached()
        self.callback.action_not_reached()
        self.callback.action_call_later("2026-03-12 02:00:00")
        self.assertEqual(self.callback.state, "planned")

    def test_next_attempt_ends_the_promise(self):
        self.callback.action_call_later("2026-03-10 06:00:00")
        with freeze_time("2026-03-10 07:00:00"):
            self.callback.action_not_reached()
        self.assertFalse(self.callback.date_promised)

    def test_promise_that_has_come_is_the_next_call_though_tried_today(self):
        other = self.make_callback("2026-03-06 04:00:00").with_user(self.care)
        self.callback.action_call_later("2026-03-10 06:00:00")
        with freeze_time("2026-03-10 06:30:00"):
            action = other.action_next()
        self.assertEqual(action["params"]["res_id"], self.callback.id)

    def test_promise_moves_by_the_button_only(self):
        with self.assertRaises(AccessError):
            self.call(
                self.care,
                "dealer.callback",
                "write",
                self.callback.ids,
                {"date_promised": "2026-03-12 02:00:00"},
            )

    def test_dialog_proposes_the_customers_best_time(self):
        self.customer.preferred_time = "evening"
        action = self.callback.action_open_later()
        wizards = self.env[action["res_model"]].with_user(self.care)
        form = Form(wizards.with_context(**action["context"]))
        self.assertEqual(form.proposal, "evening")
        self.assertEqual(str(form.date_promised), "2026-03-10 10:00:00")
        form.proposal = "morning"
        self.assertEqual(str(form.date_promised), "2026-03-11 02:00:00")
        form.note = "In a meeting"
        form.save().action_confirm()
        self.assertEqual(str(self.callback.date_promised), "2026-03-11 02:00:00")
        self.assertEqual(self.callback.contact_ids.content, "In a meeting")

    def test_order_promise_then_value_then_window(self):
        vip = self.make_customer("Wu Vip")
        ordinary = self.make_callback("2026-03-06 04:00:00")
        valued = self.make_callback("2026-03-07 05:00:00", partner_id=vip.id)
        self.callback.action_call_later("2026-03-10 06:00:00")
        # what the visit itself made of it is not this test's business
        vip.sudo().value_class = "a"
        calls = self.callback | ordinary | valued
        found = calls.search([("id", "in", calls.ids)], order=ORDER)
        self.assertEqual(found.ids, [self.callback.id, valued.id, ordinary.id])

    def count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_saving_eight_answers_costs_no_three_times_survey(self):
        questions = self.env["survey.question"].create(
            [
                {
                    "survey_id": self.survey.id,
                    "sequence": 50 + number,
                    "title": f"Point {number}",
                    "question_type": "scale",
                    "scale_min": 1,
                    "scale_max": 5,
                    "callback_measure": "part",
                }
                for number in range(2)
            ]
        )
        questions |= self.survey.question_ids
        self.assertEqual(len(questions), 8)

        def answer_survey():
            sheet = self.survey._create_answer(partner=self.customer)
            for question in questions:
                sheet._save_lines(question, "4")
            sheet._mark_done()

        def answer_card():
            answers = [
                {"question_id": question.id, "value": 4} for question in questions
            ]
            self.callback.web_save({"answers": answers}, {"score": {}})
            self.callback.action_save_answers()

        bare = self.count_queries(answer_survey)
        self.assertLessEqual(self.count_queries(answer_card), 3 * bare)

    def test_list_of_two_thousand_costs_as_much_as_of_twenty(self):
        costs = []
        for count in (20, 1980):
            self.make_repairs(count, "2026-03-07 04:00:00")
            self.run_policy(limit=3000)
            self.env.flush_all()
            self.env.invalidate_all()
            calls = self.env["dealer.callback"].with_user(self.care)
            before = self.env.cr.sql_log_count
            found = calls.web_search_read(
                [("is_due", "=", True)], SPEC, order=ORDER, limit=80
            )
            costs.append(self.env.cr.sql_log_count - before)
        self.assertGreaterEqual(found["length"], 2000)
        self.assertLessEqual(costs[1], costs[0])
