# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestCallbackMonthly(ReportsCase):
    """The six rows of the callback monthly report (seed 003, CB-05 to CB-10)."""

    def test_due_counts_the_month(self):
        self.make_due(20)
        self.make_due(1, date_due="2026-01-31")
        self.make_due(1, date_due="2026-03-01")
        self.make_due(2, state="cancelled")
        self.make_due(3, company_id=self.other_branch.id)
        self.make_due(4, purpose="care")
        close = self.make_close()
        self.assertEqual(self.figure(close, "due").numerator, 20)
        self.assertEqual(self.figure(close, "due").value_text, "20")
        north = self.make_close(self.other_branch)
        self.assertEqual(self.figure(north, "due").numerator, 3)

    def test_first_and_last_day_belong_to_the_month(self):
        self.make_due(1, date_due="2026-02-01")
        self.make_due(1, date_due="2026-02-28")
        self.assertEqual(self.figure(self.make_close(), "due").numerator, 2)

    def test_carried_out_is_at_least_one_attempt_of_due(self):
        callbacks = self.make_due(20)
        self.call(callbacks[:10])
        self.call(callbacks[10:16], "not_reached")
        line = self.figure(self.make_close(), "carried_out")
        self.assertEqual((line.numerator, line.denominator), (16, 20))
        self.assertEqual(line.value_text, "80.0 %")

    def test_successful_is_divided_by_due_not_by_carried_out(self):
        callbacks = self.make_due(20)
        self.answer(callbacks[:12], overall=5)
        self.call(callbacks[12:14])
        self.call(callbacks[14:16], "not_reached")
        close = self.make_close()
        line = self.figure(close, "successful")
        self.assertEqual((line.numerator, line.denominator), (12, 20))
        self.assertEqual(line.value_text, "60.0 %")
        self.assertEqual(self.figure(close, "carried_out").numerator, 16)

    def test_nothing_due_prints_a_dash(self):
        close = self.make_close()
        self.assertEqual(self.figure(close, "due").value_text, "0")
        self.assertEqual(self.figure(close, "carried_out").value_text, "–")
        self.assertEqual(self.figure(close, "successful").value_text, "–")
        self.assertEqual(self.figure(close, "satisfaction").value_text, "–")
        self.assertEqual(self.figure(close, "satisfaction").share_text, "–")
        self.assertFalse(self.figure(close, "questions"))
        self.assertFalse(self.figure(close, "issues"))

    def test_satisfaction_is_mean_and_share(self):
        for callback, score in zip(self.make_due(3), (5, 4, 2), strict=True):
            self.answer(callback, overall=score)
        line = self.figure(self.make_close(), "satisfaction")
        self.assertEqual(line.numerator, 3)
        self.assertEqual(line.value_text, "3.67")
        self.assertEqual(line.share_text, "66.7 %")

    def test_question_not_asked_does_not_count(self):
        callbacks = self.make_due(12)
        self.answer(callbacks[:10], overall=4, advisor=5)
        self.answer(callbacks[10:], overall=4, advisor=None)
        close = self.make_close()
        line = self.figure(close, "questions", self.question)
        self.assertEqual((line.numerator, line.value_text), (10, "5.00"))
        overall = self.figure(close, "questions", self.overall)
        self.assertEqual((overall.numerator, overall.value_text), (12, "4.00"))

    def test_questions_stand_in_the_order_of_the_questionnaire(self):
        self.answer(self.make_due(1), clean=3, overall=4, advisor=5)
        lines = self.figure(self.make_close(), "questions")
        questions = self.env["survey.question"].browse(lines.mapped("dimension_id"))
        self.assertEqual(questions, questions.sorted("sequence"))
        self.assertEqual(len(lines), 3)

    def test_problems_ranked_with_stable_ties_and_top_five(self):
        counts = (1, 3, 2, 3, 1, 1)
        for issue, count in zip(self.issues, counts, strict=True):
            self.make_due(count, issue_ids=[fields.Command.link(issue.id)])
        lines = self.figure(self.make_close(), "issues").sorted("sequence")
        ranked = self.env["dealer.callback.issue"].browse(lines.mapped("dimension_id"))
        first = self.issues
        self.assertEqual(
            ranked.ids, (first[1] | first[3] | first[2] | first[0] | first[4]).ids
        )
        self.assertEqual(lines.mapped("numerator"), [3, 3, 2, 1, 1])

    def test_month_before_stands_beside(self):
        callbacks = self.make_due(4, date_due="2026-01-15")
        self.call(callbacks[:1])
        self.make_due(1)
        line = self.figure(self.make_close(), "carried_out")
        self.assertEqual(line.previous_text, "25.0 %")

    def test_target_missed_is_marked(self):
        callbacks = self.make_due(2)
        self.call(callbacks[:1])
        line = self.figure(self.make_close(), "carried_out")
        self.assertTrue(line.is_below_target)
        self.assertEqual(line.target_text, "95.0 %")

    def test_every_figure_opens_its_records(self):
        callbacks = self.make_due(5)
        self.call(callbacks[:2])
        self.answer(callbacks[:2], overall=5)
        close = self.make_close()
        close.action_refresh()
        for line in close.value_ids:
            action = line.action_view_records()
            found = self.env[action["res_model"]].search_count(action["domain"])
            self.assertEqual(found, line.numerator, line.label)
            action = line.action_view_denominator()
            found = self.env[action["res_model"]].search_count(action["domain"])
            self.assertEqual(found, line.denominator, line.label)

    def test_query_count_does_not_grow_with_callbacks(self):
        self.answer(self.make_due(2), overall=5, advisor=4)
        close = self.make_close()
        close.action_refresh()
        few = self.count_queries(close)
        self.answer(self.make_due(30), overall=5, advisor=4)
        close.action_refresh()
        self.assertEqual(self.count_queries(close), few)

    def count_queries(self, close):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        close._get_lines()
        return self.cr.sql_log_count - before
