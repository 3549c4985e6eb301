# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSilentDissatisfaction(ComplaintCase):
    """CMP-06: who says nothing is listed all the same."""

    def visit(self, days_ago, **values):
        moment = fields.Datetime.now() - timedelta(days=days_ago)
        return self.make_repair(fields.Datetime.to_string(moment), **values)

    def ask(self, days_ago, score=1, codes=(), **values):
        repair = self.visit(days_ago + 3, **values)
        self.policy.date_start = "2020-01-01"
        call = self.env["dealer.callback"].create(
            {
                "policy_id": self.policy.id,
                "source_id": repair.id,
                "partner_id": repair.partner_id.id,
                "vehicle_id": repair.vehicle_id.id,
                "repair_id": repair.id,
                "company_id": repair.company_id.id,
                "purpose": "after_service",
                "channel": "phone",
                "date_due": fields.Date.today() - timedelta(days=days_ago),
            }
        )
        call.save_answers({self.overall.id: score} if score else {})
        if codes:
            call.issue_ids = self.env["dealer.callback.issue"].search(
                [("code", "in", codes)]
            )
        if not score:
            call.save_answers({self.advisor_question.id: 4})
        call.write({"cause_id": self.cause.id, "complaint_choice": "no"})
        call.action_log_attempt("reached")
        return call

    def get_lines(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        silent = self.env["dealer.silent.dissatisfaction"].with_user(user or self.care)
        return silent.search([("partner_id", "=", self.customer.id)])

    def test_a_low_score_without_complaint_is_listed(self):
        call = self.ask(5)
        line = self.get_lines()
        self.assertEqual(line.callback_id.id, call.id)
        self.assertEqual((line.reason, line.score), ("score", 1))
        self.assertEqual(line.partner_id.id, self.customer.id)
        self.assertTrue(line.phone)

    def test_a_good_score_is_not(self):
        self.ask(5, score=5)
        self.assertFalse(self.get_lines())

    def test_a_problem_named_with_a_good_score_is(self):
        self.ask(5, score=5, codes=["wait_time"])
        self.assertEqual(self.get_lines().reason, "problem")

    def test_praise_is_no_problem(self):
        call = self.ask(5, score=5, codes=["praise_work", "praise_fast"])
        self.assertEqual(len(call.issue_ids), 2)
        self.assertFalse(self.get_lines())

    def test_a_complaint_takes_it_off_the_list(self):
        self.ask(5)
        complaint = self.make_complaint()
        self.assertFalse(self.get_lines())
        complaint.action_withdraw("By mistake")
        self.assertTrue(self.get_lines())

    def test_days_are_those_of_the_branch(self):
        """23:30 UTC is the next morning at the branch."""
        call = self.ask(5)  # due on 5 March
        complaint = self.make_complaint(date_received="2026-03-03 15:30:00")
        self.assertTrue(self.get_lines(), "two days before it was about another thing")
        complaint.sudo().date_received = "2026-03-03 23:30:00"
        self.assertFalse(self.get_lines(), "the day before it is about the same")
        complaint.action_withdraw("By mistake")
        call.repair_id.sudo().write(
            {
                "date_in": "2026-02-28 20:30:00",
                "date_delivered": "2026-02-28 23:30:00",
            }
        )
        self.assertEqual(str(self.get_lines().last_visit), "2026-03-01")

    def test_content_at_a_later_call_it_leaves_the_list(self):
        self.ask(40)
        self.assertTrue(self.get_lines())
        self.ask(5, score=5)
        self.assertFalse(self.get_lines())

    def test_stays_away_by_his_own_interval(self):
        self.visit(383)
        self.visit(283)
        self.ask(180)  # visits 383, 283 and 183 days ago: each 100 days
        line = self.get_lines()
        self.assertEqual((line.reason, line.is_away), ("away", True))
        self.assertAlmostEqual(line.interval_days, 100)
        self.assertEqual(line.days_over, 33)
        self.visit(1)
        line = self.get_lines()
        self.assertEqual((line.reason, line.is_away), ("score", False))

    def test_old_answers_are_forgotten(self):
        self.ask(400)
        self.assertFalse(self.get_lines())
        self.branch.silent_score_months = 24
        self.assertTrue(self.get_lines())

    def test_one_click_plans_the_call_and_only_one(self):
        self.ask(5)
        action = self.get_lines().action_plan_callback()
        call = self.env["dealer.callback"].browse(action["res_id"])
        self.assertRecordValues(
            call,
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.care.id,
                    "state": "planned",
                    "purpose": "complaint",
                }
            ],
        )
        line = self.get_lines()
        self.assertEqual(line.planned_call_id.id, call.id)
        self.assertEqual(line.action_plan_callback()["res_id"], call.id)

    def test_one_click_makes_a_complaint(self):
        call = self.ask(5)
        action = self.get_lines().action_open_complaint()
        self.assertEqual(action["res_id"], call.complaint_id.id)
        self.assertFalse(self.get_lines())

    def test_who_sees_the_list(self):
        self.ask(5)
        self.assertTrue(self.get_lines(self.service_manager))
        self.assertFalse(self.get_lines(self.care_north))
        for user in (self.advisor, self.consultant, self.technician):
            with self.assertRaises(AccessError):
                self.get_lines(user)
