# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .measures_common import MODEL, MeasuresCase

REPORT = "dealer_aftersales.mail_activity_type_measure_report"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMeasureEffect(MeasuresCase):
    """A measure proves itself: re-calls and figures before and since."""

    def reports(self, measure=None):
        kind = self.env.ref(REPORT)
        return (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", MODEL),
                    ("res_id", "=", (measure or self.measure).id),
                    ("activity_type_id", "=", kind.id),
                ]
            )
        )

    def test_carried_out_plans_a_call_per_affected_customer(self):
        twin = self.make_customer("Zhou Second")
        self.by(self.care).check_ids = [fields.Command.create({"partner_id": twin.id})]
        self.carry_out()
        calls = self.measure.check_ids.callback_id
        self.assertEqual(len(calls), 2)
        self.assertEqual(set(calls.mapped("policy_id")), {self.recheck})
        self.assertEqual({str(d) for d in calls.mapped("date_due")}, {"2026-03-17"})
        self.assertEqual(calls.partner_id, self.customer | twin)
        self.run_cron()
        self.assertEqual(self.measure.check_ids.callback_id, calls)

    def test_a_satisfied_customer_closes_a_verified_measure(self):
        self.carry_out()
        self.verify()
        self.assertEqual(self.measure.state, "done")
        self.answer_recall(self.measure.check_ids, 5)
        self.assertEqual(self.measure.state, "closed")
        self.assertEqual(self.measure.check_ids.result, "ok")

    def test_verification_after_the_call_closes_too(self):
        self.carry_out()
        self.answer_recall(self.measure.check_ids, 4)
        self.assertEqual(self.measure.state, "done")
        self.verify()
        self.assertEqual(self.measure.state, "closed")

    def test_a_dissatisfied_customer_reopens_with_a_note(self):
        self.carry_out()
        self.verify()
        self.answer_recall(self.measure.check_ids, 2)
        self.assertRecordValues(
            self.measure,
            [{"state": "running", "reopen_count": 1, "date_verified": False}],
        )
        self.assertIn("not satisfied", self.measure.message_ids[0].body)

    def test_the_second_round_calls_anew_and_can_close(self):
        self.carry_out()
        first = self.measure.check_ids.callback_id
        self.answer_recall(self.measure.check_ids, 1)
        self.by(self.advisor).action_done("Now really")
        second = self.measure.check_ids.callback_id
        self.assertTrue(second)
        self.assertNotEqual(first, second)
        self.verify()
        self.answer_recall(self.measure.check_ids, 5)
        self.assertEqual(self.measure.state, "closed")

    def test_a_late_complaint_opens_a_closed_measure(self):
        self.carry_out()
        line = self.measure.check_ids
        line.callback_id.with_user(self.care).action_call_later()
        self.by(self.director).action_close("He is on holiday")
        self.assertEqual(line.callback_id.state, "planned")  # tried: it stays
        self.answer_recall(line, 1)
        self.assertRecordValues(
            self.measure,
            [{"state": "running", "date_closed": False, "is_reported": False}],
        )

    def test_closing_without_recall_is_the_general_managers(self):
        self.carry_out()
        self.verify()
        for user in (self.service_manager, self.care):
            with self.assert_refused(AccessError, "1 re-calls are open"):
                self.by(user).action_close("I am sure")
        with self.assert_refused(UserError, "Reason"):
            self.by(self.director).action_close()
        self.by(self.director).action_close("The customer moved away")
        self.assertRecordValues(
            self.measure,
            [
                {
                    "state": "closed",
                    "close_reason": "The customer moved away",
                    "closed_by_id": self.director.id,
                }
            ],
        )
        self.assertEqual(self.measure.check_ids.callback_id.state, "cancelled")

    def test_without_affected_customers_nobody_proves_it(self):
        bare = self.make_measure(check_ids=False)
        self.carry_out(bare)
        self.verify(bare)
        self.assertEqual(bare.state, "done")
        with self.assert_refused(AccessError, "no affected customer"):
            self.by(self.service_manager, bare).action_close("done is done")

    def test_nobody_reached_leaves_it_open(self):
        self.carry_out()
        self.verify()
        with freeze_time("2026-03-30 04:00:00"):
            self.env["dealer.callback"]._close_finished(self.branch)
            self.run_job("follow_measures")
            self.assertEqual(self.measure.check_ids.result, "unknown")
        self.assertEqual(self.measure.state, "done")

    def test_the_general_manager_is_told_once_with_the_report(self):
        self.carry_out()
        self.verify()
        self.answer_recall(self.measure.check_ids, 5)
        self.measure._report_to_manager()
        report = self.reports()
        self.assertEqual(len(report), 1)
        self.assertEqual(report.user_id, self.director)
        self.assertIn(self.measure.number, report.note)
        self.run_job("attach_measure_reports")
        self.assertEqual(self.measure.report_attachment_id.res_id, self.measure.id)
        before = self.measure.report_attachment_id
        self.run_job("attach_measure_reports")
        self.assertEqual(self.measure.report_attachment_id, before)

    def test_the_called_customer_cannot_be_taken_off(self):
        self.carry_out()
        line = self.measure.check_ids.with_user(self.service_manager)
        with self.assert_refused(UserError, "the line stays"):
            line.unlink()
        with self.assert_refused(UserError, "the line stays"):
            line.partner_id = self.make_customer("Zhou Second")
        with self.assertRaises(AccessError):
            line.callback_id = False

    def test_question_before_and_since(self):
        measure = self.make_measure(
            effect_kind="question", effect_question_id=self.overall.id
        )
        self.add_callbacks(5, "2026-03-05", 2)
        self.add_callbacks(5, "2026-01-05", 5)  # older than 30 days: not compared
        self.carry_out(measure)
        with freeze_time("2026-03-20 04:00:00"):
            self.add_callbacks(4, "2026-03-18", 4)
            self.env.invalidate_all()
            self.assertEqual(measure.effect_state, "unknown")  # four are too few
            self.add_callbacks(1, "2026-03-19", 4)
            self.env.invalidate_all()
            self.assertRecordValues(
                measure,
                [
                    {
                        "effect_before": 2,
                        "effect_after": 4,
                        "effect_before_count": 5,
                        "effect_after_count": 5,
                        "effect_state": "better",
                    }
                ],
            )
            self.assertIn("2.00 before (5 callbacks)", measure.effect_text)

    def test_a_figure_that_is_not_better_reopens(self):
        measure = self.make_measure(effect_kind="issue")
        self.add_callbacks(5, "2026-03-05")
        self.add_callbacks(5, "2026-03-05", issue=self.issue)
        self.carry_out(measure)
        with freeze_time("2026-03-20 04:00:00"):
            self.add_callbacks(5, "2026-03-18", issue=self.issue)
            self.env.invalidate_all()
            self.assertEqual(measure.effect_state, "worse")
            self.assertEqual(measure.repeat_count, 5)
            self.assertIn("50.0 % before", measure.effect_text)
            self.answer_recall(measure.check_ids, 5)
        self.assertEqual(measure.state, "running")
        self.assertIn("Long waiting", measure.message_ids[0].body)

    def test_complaints_of_the_cause_are_repeats(self):
        measure = self.make_measure(cause_id=self.cause.id, issue_id=False)
        self.carry_out(measure)
        self.make_complaint(cause_id=self.cause.id)
        person = self.make_customer("North", company_id=self.other_branch.id)
        self.make_complaint(
            cause_id=self.cause.id,
            company_id=self.other_branch.id,
            vehicle_id=False,
            partner_id=person.id,
        )
        self.env.invalidate_all()
        self.assertEqual(measure.repeat_count, 1)
        self.assertEqual(measure.action_view_repeats()["res_model"], "dealer.complaint")

    def test_effects_of_a_list_cost_the_same(self):
        counts = []
        for number in (2, 12):
            measures = self.env[MODEL].browse()
            for _index in range(number):
                measure = self.make_measure(effect_kind="issue", check_ids=False)
                self.approve(measure)
                measures |= measure
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            measures.mapped("effect_state")
            measures.mapped("repeat_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
