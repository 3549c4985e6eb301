# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .measures_common import MODEL, MeasuresCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMeasureSources(MeasuresCase):
    """Measures come from callbacks and complaints, or are proposed by the system."""

    def opened(self, action):
        self.assertEqual(action["res_model"], MODEL)
        return self.env[MODEL].browse(action["res_id"])

    def test_one_button_on_a_callback(self):
        call = self.add_callbacks(1, issue=self.issue)
        call.remark = "Nobody told me"
        action = call.with_user(self.care).action_make_measure()
        measure = self.opened(action)
        self.assertRecordValues(
            measure,
            [
                {
                    "issue_id": self.issue.id,
                    "callback_ids": call.ids,
                    "company_id": self.branch.id,
                    "supervisor_id": self.service_manager.id,
                    "state": "draft",
                }
            ],
        )
        self.assertRecordValues(
            measure.check_ids,
            [
                {
                    "partner_id": self.customer.id,
                    "vehicle_id": self.car.id,
                    "words": "Nobody told me",
                }
            ],
        )
        self.assertIn("Long waiting (1 times)", measure.description)
        self.assertEqual(call.with_user(self.care).measure_count, 1)
        shown = call.with_user(self.care).action_view_measures()
        self.assertEqual(self.env[MODEL].search(shown["domain"]), measure)

    def test_one_button_on_a_complaint(self):
        complaint = self.make_complaint(cause_id=self.cause.id)
        action = complaint.with_user(self.service_manager).action_make_measure()
        measure = self.opened(action)
        self.assertEqual(measure.complaint_ids, complaint)
        self.assertEqual(measure.cause_id, self.cause)
        self.assertEqual(measure.check_ids.words, "I waited for two hours")

    def test_several_callbacks_make_one_measure(self):
        calls = self.add_callbacks(3, issue=self.issue) | self.add_callbacks(1)
        measure = self.opened(calls.with_user(self.care).action_make_measure())
        self.assertEqual(measure.callback_ids, calls)
        self.assertEqual(len(measure.check_ids), 1)

    def test_a_measure_stays_in_its_branch(self):
        person = self.make_customer("North", company_id=self.other_branch.id)
        there = self.make_complaint(
            company_id=self.other_branch.id, vehicle_id=False, partner_id=person.id
        )
        both = there | self.make_complaint()
        with self.assert_refused(UserError, "one branch"):
            both.action_make_measure()
        with self.assert_refused(ValidationError, "another branch"):
            self.measure.complaint_ids = there

    def test_those_without_part_make_none(self):
        complaint = self.make_complaint()
        for user in (self.consultant, self.technician, self.advisor):
            with self.assertRaises(AccessError):
                complaint.with_user(user).action_make_measure()

    def test_a_problem_named_five_times_is_proposed_once(self):
        other = self.env["dealer.callback.issue"].create({"name": "Dirty car"})
        self.add_callbacks(4, issue=other)
        calls = self.add_callbacks(5, issue=other | self.make_issue())
        self.run_job("propose_measures")
        self.run_job("propose_measures")
        proposals = self.env[MODEL].search([("is_proposed", "=", True)])
        mine = proposals.filtered(lambda m: m.issue_id == other)
        self.assertRecordValues(
            mine,
            [
                {
                    "kind": "preventive",
                    "state": "draft",
                    "proposal_month": fields.Date.to_date("2026-03-01"),
                    "supervisor_id": self.service_manager.id,
                    "effect_kind": "issue",
                }
            ],
        )
        self.assertEqual(len(mine.callback_ids), 9)
        self.assertLess(calls, mine.callback_ids)
        self.assertEqual(mine.check_ids.partner_id, self.customer)
        self.assertEqual(mine.activity_ids.user_id, self.service_manager)
        self.assertEqual(len(proposals), 2)

    def make_issue(self):
        return self.env["dealer.callback.issue"].create({"name": "Not explained"})

    def test_four_times_or_a_measure_in_work_propose_nothing(self):
        few = self.make_issue()
        self.add_callbacks(4, issue=few)
        self.add_callbacks(6, issue=self.issue)  # self.measure is about it
        self.run_job("propose_measures")
        self.assertFalse(
            self.env[MODEL].search(
                [
                    ("is_proposed", "=", True),
                    ("issue_id", "in", (few | self.issue).ids),
                ]
            )
        )

    def test_praise_named_often_is_nothing_to_prevent(self):
        praise = self.make_issue()
        praise.sentiment = "positive"
        self.add_callbacks(6, issue=praise)
        self.run_job("propose_measures")
        self.assertFalse(self.env[MODEL].search([("issue_id", "=", praise.id)]))

    def test_the_limit_is_the_branchs_and_zero_is_never(self):
        few = self.make_issue()
        self.add_callbacks(3, issue=few)
        self.branch.measure_issue_limit = 0
        self.assertFalse(
            self.env[MODEL]._propose_for_month(
                self.branch, fields.Date.to_date("2026-03-01")
            )
        )
        self.branch.measure_issue_limit = 3
        made = self.env[MODEL]._propose_for_month(
            self.branch, fields.Date.to_date("2026-03-01")
        )
        self.assertEqual(made.issue_id, few)

    def test_callbacks_of_other_months_and_branches_do_not_count(self):
        few = self.make_issue()
        self.add_callbacks(4, issue=few)
        self.add_callbacks(4, "2026-02-20", issue=few)
        self.add_callbacks(1, issue=few).company_id = self.other_branch
        self.run_job("propose_measures")
        self.assertFalse(self.env[MODEL].search([("issue_id", "=", few.id)]))

    def test_a_cause_of_complaints_is_proposed_with_them(self):
        complaints = self.make_complaint() | self.make_complaint()
        made = self.env[MODEL]._propose_preventive(
            self.branch, cause=self.cause, complaints=complaints
        )
        again = self.env[MODEL]._propose_preventive(self.branch, cause=self.cause)
        self.assertEqual(made, again)
        self.assertEqual(made.complaint_ids, complaints)
        self.assertEqual(made.check_ids.partner_id, self.customer)
        self.assertTrue(made.is_proposed)

    def test_a_further_complaint_joins_with_its_customer(self):
        first = self.make_complaint()
        made = self.env[MODEL]._propose_preventive(
            self.branch, cause=self.cause, complaints=first
        )
        twin = self.make_customer("Zhou Second")
        second = self.make_complaint(partner_id=twin.id, vehicle_id=False)
        made._add_complaints(first | second)
        made._add_complaints(first | second)
        self.assertEqual(made.complaint_ids, first | second)
        self.assertEqual(len(made.check_ids), 2)
        self.assertEqual(made.check_ids.partner_id, self.customer | twin)

    def test_proposals_are_accepted_or_dismissed_with_a_reason(self):
        first = self.env[MODEL]._propose_preventive(self.branch, cause=self.cause)
        self.by(self.service_manager, first).action_accept()
        self.assertFalse(first.is_proposed)
        self.assertFalse(first.activity_ids)
        with self.assert_refused(UserError, "open proposal"):
            self.by(self.service_manager, first).action_accept()
        second = self.env[MODEL]._propose_preventive(
            self.branch, issue=self.make_issue()
        )
        with self.assert_refused(UserError, "Reason"):
            self.by(self.care, second).action_cancel("  ")
        self.by(self.care, second).action_cancel("One customer called five times")
        self.assertEqual(second.state, "cancelled")
        known = self.env[MODEL]._propose_preventive(self.branch, issue=second.issue_id)
        self.assertEqual(known, second)

    def test_words_go_with_the_person(self):
        self.measure.check_ids.words = "My son waited"
        self.assertIn("My son waited", str(self.customer._prepare_data_copy()))
        self.customer._empty_ledger()
        self.assertFalse(self.measure.check_ids.words)

    def test_merged_customers_stand_once(self):
        twin = self.make_customer("Li Owner")
        other = self.make_measure(
            check_ids=[fields.Command.create({"partner_id": twin.id})]
        )
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((twin | self.customer).ids, self.customer)
        self.assertEqual(other.check_ids.partner_id, self.customer)

    def test_handover_gives_no_measure_to_its_supervisor(self):
        self.advisor.company_ids |= self.branch
        receiver = self.make_user("new", "dealer_aftersales.group_service_advisor")
        handovers = self.env["dealer.handover"].with_user(self.service_manager)
        done = handovers._hand_over(
            self.advisor, self.service_manager, ["measures_responsible"]
        )
        self.assertEqual(self.measure.responsible_id, self.advisor)
        self.assertEqual(done.line_ids.record_count, 0)
        done = handovers._hand_over(self.advisor, receiver, ["measures_responsible"])
        self.assertEqual(self.measure.responsible_id, receiver)
        done.with_user(self.service_manager).action_undo()
        self.assertEqual(self.measure.responsible_id, self.advisor)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestImprovementPlan(MeasuresCase):
    """A plan gathers measures; its progress is done ÷ all."""

    def test_progress_is_done_of_all(self):
        plan = (
            self.env["dealer.improvement.plan"]
            .with_user(self.care)
            .create({"name": "Waiting times", "date_to": "2026-06-30"})
        )
        second, third = self.make_measure(), self.make_measure()
        (self.measure | second | third).with_user(self.care).plan_id = plan
        self.assertEqual(plan.progress, 0)
        self.carry_out()
        self.by(self.care, third).action_cancel("Not needed")
        self.env.invalidate_all()
        self.assertRecordValues(
            plan, [{"done_count": 1, "measure_count": 2, "progress": 50}]
        )
        shown = plan.action_view_measures()
        self.assertEqual(len(self.env[MODEL].search(shown["domain"])), 3)

    def test_score_is_the_mean_of_the_period(self):
        plan = self.env["dealer.improvement.plan"].create(
            {
                "name": "Waiting times",
                "date_from": "2026-03-01",
                "date_to": "2026-06-30",
                "question_id": self.overall.id,
                "target": 4.5,
            }
        )
        self.assertEqual(plan.score, 0)
        self.add_callbacks(1, "2026-03-05", 4)
        self.add_callbacks(1, "2026-03-06", 5)
        self.add_callbacks(1, "2026-02-06", 1)
        self.env.invalidate_all()
        self.assertEqual(plan.score, 4.5)

    def test_a_plan_has_measures_of_its_branch(self):
        plan = self.env["dealer.improvement.plan"].create(
            {
                "name": "North",
                "date_to": "2026-06-30",
                "company_id": self.other_branch.id,
            }
        )
        with self.assert_refused(ValidationError, "another branch"):
            self.measure.plan_id = plan

    def test_close_and_reopen(self):
        plan = self.env["dealer.improvement.plan"].create(
            {"name": "Old", "date_from": "2026-01-01", "date_to": "2026-03-01"}
        )
        self.assertTrue(plan.is_late)
        plan.with_user(self.service_manager).action_close()
        self.assertEqual(plan.state, "closed")
        plan.with_user(self.care).action_reopen()
        self.assertEqual(plan.state, "running")

    def test_texts_name_the_day_of_the_branch(self):
        """23:30 UTC on the last of February is the first of March in Shanghai."""
        complaint = self.make_complaint(date_received="2026-02-28 23:30:00")
        self.measure.complaint_ids = complaint
        report = self.env["report.dealer_aftersales.report_corrective_action"]
        [source] = report._get_sources(self.measure)
        self.assertIn("03/01/2026", source)
        self.measure.date_done = "2026-02-28 23:30:00"
        self.assertIn("on 03/01/2026", self.measure._get_report_text())
        call = self.make_callback().with_user(self.care)
        [point] = call._get_complaint_points()
        self.assertIn("03/01/2026", point)
