# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tests.common import TransactionCase

from ..tools.grade import match_steps
from .common import NOW, DealerCrmCase

TODAY = date(2026, 3, 10)


def day(number):
    return TODAY + timedelta(number)


class TestMatchSteps(TransactionCase):
    def test_each_contact_does_the_oldest_open_step(self):
        steps = [day(7), day(14), day(21)]
        self.assertEqual(match_steps(steps, [], 3), [None] * 3)
        self.assertEqual(match_steps(steps, [day(7)], 3), [day(7), None, None])
        self.assertEqual(
            match_steps(steps, [day(4), day(15)], 3), [day(4), day(15), None]
        )
        self.assertEqual(match_steps(steps, [day(3)], 3), [None] * 3, "too early")
        self.assertEqual(match_steps(steps, [day(16)], 3), [day(16), None, None])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradePlan(DealerCrmCase):
    """LEAD-12: expected purchase, grade, and a series of planned contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_a = cls.env.ref("dealer_crm.grade_a")
        cls.grade_c = cls.env.ref("dealer_crm.grade_c")

    def days(self, lead, grade=None):
        lead.invalidate_recordset()
        return [(step[0] - TODAY).days for step in lead._get_plan_steps(grade)]

    def states(self, lead):
        lead.invalidate_recordset()
        rows = lead.sudo()._get_plan_rows(lead.grade_id)
        return [(state, (when - TODAY).days) for state, when, _text in rows]

    def test_purchase_in_twenty_days_proposes_grade_and_dates(self):
        lead = self.make_lead(purchase_date_expected=day(20))
        self.assertEqual(lead.grade_proposal_id, self.grade_a)
        self.assertEqual(self.days(lead, self.grade_a), [7, 14, 18])
        plan = str(lead.with_user(self.consultant).follow_up_plan)
        self.assertIn("03/17/2026", plan)
        self.assertIn("03/28/2026", plan)

    def test_other_date_gives_other_days_and_what_is_done_stays(self):
        lead = self.make_lead(
            purchase_date_expected=day(20), grade_id=self.grade_a.id
        ).with_user(self.consultant)
        with freeze_time("2026-03-17 04:00:00"):
            self.log_contact(lead, content="Comes on Saturday")
            self.assertEqual(
                self.states(lead), [("done", 7), ("open", 14), ("open", 18)]
            )
            lead.purchase_date_expected = day(30)
            self.assertEqual(
                self.states(lead),
                [("done", 7), ("open", 14), ("open", 21), ("open", 28)],
            )

    def test_step_nobody_did_is_missed(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        with freeze_time("2026-03-18 04:00:00"):
            self.assertEqual(self.states(lead)[0], ("missed", 7))

    def test_step_before_the_interval_is_the_next_contact(self):
        lead = self.make_lead(
            purchase_date_expected=day(9), grade_id=self.grade_a.id
        ).with_user(self.consultant)
        self.assertEqual(lead.next_contact_date, day(7))
        with freeze_time("2026-03-12 04:00:00"):
            lead.purchase_date_expected = day(11)
            self.log_contact(lead, content="Thinks it over")
        self.assertEqual(lead.next_contact_date, day(7), "the plan, not day 9")

    def test_interval_of_the_grade_is_kept_without_a_plan(self):
        """GRD-08, GRD-09"""
        self.grade_a.plan_line_ids.unlink()
        for grade, days in (
            (self.grade_a, 7),
            (self.env.ref("dealer_crm.grade_b"), 15),
        ):
            lead = self.make_lead(grade_id=grade.id)
            self.log_contact(lead, content="Talked")
            self.assertEqual(lead.next_contact_date, day(days))

    def test_purpose_comes_from_the_plan(self):
        lead = self.make_lead(grade_id=self.grade_a.id).with_user(self.consultant)
        self.assertEqual(lead.next_contact_purpose, "test_drive")
        with freeze_time("2026-03-17 04:00:00"):
            context = lead.action_log_contact()["context"]
            self.assertEqual(context["default_next_purpose"], "quote")
            self.log_contact(lead, content="Drove the car")
        self.assertEqual(lead.next_contact_date, day(14))
        self.assertEqual(lead.next_contact_purpose, "quote")

    def test_changed_grade_starts_its_own_plan(self):
        lead = self.make_lead(grade_id=self.grade_c.id)
        self.assertEqual(self.days(lead), [30, 60, 90])
        with freeze_time("2026-03-20 04:00:00"):
            lead.with_user(self.consultant).grade_id = self.grade_a
        self.assertEqual(self.days(lead), [17, 24, 31])
        self.assertEqual(lead.next_contact_date, day(17))

    def test_kept_grade_keeps_its_plan(self):
        lead = self.make_lead(grade_id=self.grade_a.id)
        with freeze_time("2026-03-20 04:00:00"):
            lead._answer_grade_question("follow_up")
        self.assertEqual(self.days(lead), [7, 14, 21])

    def test_long_term_contacts_keep_their_own_interval(self):
        lead = self.make_lead(grade_id=self.grade_a.id, nurture_days=60)
        self.assertEqual(lead._get_proposed_contact_date(), day(60))

    def test_manager_edits_the_plan(self):
        line = self.grade_a.plan_line_ids[0]
        line.with_user(self.manager).days = 5
        self.assertEqual(line.days, 5)
        with self.assertRaises(AccessError):
            line.with_user(self.consultant).days = 6

    def test_shipped_steps_do_not_break_the_interval(self):
        """The first step of each grade lies on the day its interval gives."""
        for grade in self.env["dealer.grade"].search([("plan_line_ids", "!=", False)]):
            steps = grade.plan_line_ids.filtered(lambda s: s.counted_from == "grade")
            first = min(steps.mapped("days"))
            self.assertEqual(first, grade.contact_interval, grade.display_name)
            self.assertFalse([s.days for s in steps if s.days % first])

    def test_feedback_proposes_a_grade(self):
        """GRD-13"""
        lead = self.make_lead()
        answers = {"satisfaction": "delighted", "purchase_window": "this_month"}
        self.assertEqual(lead._propose_grade_from_feedback(answers), self.grade_a)
        self.assertFalse(lead._propose_grade_from_feedback({}))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCameAgain(DealerCrmCase):
    """GRD-07: the second visit ticks the sign."""

    def visit(self, lead, **values):
        values = {"channel": "visit", "purpose": "inquiry", **values}
        return self.log_contact(lead, **values)

    def test_second_visit_ticks_the_sign(self):
        lead = self.make_lead()
        self.visit(lead)
        self.assertFalse(lead.sign_ids)
        self.visit(lead)
        self.assertEqual(lead.sign_ids.code, "came_again")
        self.assertEqual(lead.sign_ids.grade_id, self.env.ref("dealer_crm.grade_a"))
        self.visit(lead)
        self.assertEqual(len(lead.sign_ids), 1)

    def test_visit_before_the_lead_was_made_counts(self):
        phone = self.next_phone()
        self.env["dealer.contact"].create(
            {
                "visitor_name": "Zhao Testa",
                "visitor_phone": phone,
                "channel": "visit",
                "purpose": "look",
                "content": "Looks",
            }
        )
        lead = self.make_lead(phone=phone)
        self.visit(lead, visitor_phone=phone)
        self.assertEqual(lead.sign_ids.code, "came_again")

    def test_calls_and_errands_do_not_count(self):
        lead = self.make_lead()
        self.visit(lead)
        self.visit(lead, purpose="complaint")
        self.log_contact(lead, channel="phone", direction="in", content="Asks")
        self.visit(lead, direction="out", content="At his office")
        self.assertFalse(lead.sign_ids)

    def test_merged_leads_keep_their_signs(self):
        lead, other = self.make_lead(), self.make_lead()
        other.sign_ids = self.env.ref("dealer_crm.grade_h_sign_payment")
        merged = (lead + other).merge_opportunity()
        self.assertEqual(merged.sign_ids.code, "payment")
