# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSurveyRound(AftersalesCase):
    """SAT-01, SAT-02: draw, ask, answer, count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey_policy = cls.make_policy(
            name="Survey", by_rounds=True, offset_days=0, window_days=14
        )
        cls.questions = cls.survey.question_ids

    def make_visits(self, count, delivered="2026-02-10 04:00:00"):
        repairs = self.make_repairs(count, delivered)
        for number, repair in enumerate(repairs):
            repair.partner_id = self.make_customer(f"Visitor {number}")
        return repairs

    def make_round(self, **values):
        return (
            self.env["dealer.survey.round"]
            .with_user(self.care)
            .create(
                {
                    "policy_id": self.survey_policy.id,
                    "date_from": "2026-02-01",
                    "date_to": "2026-02-28",
                    **values,
                }
            )
        )

    def test_sample_of_a_month_has_the_right_number(self):
        self.make_visits(27)
        self.make_visits(5, "2026-01-31 04:00:00")
        drawing = self.make_round(sample_percent=20)
        drawing.action_draw()
        self.assertEqual(drawing.member_count, 27)
        self.assertEqual(drawing.drawn_count, 5)
        callbacks = drawing.callback_ids
        self.assertEqual(len(callbacks.partner_id), 5)
        self.assertEqual(set(callbacks.mapped("date_due")), {fields.Date.today()})
        self.assertEqual(callbacks.policy_id, self.survey_policy)
        days = callbacks.sudo().repair_id.mapped("date_delivered")
        self.assertTrue(all(day.month == 2 for day in days))

    def test_nobody_is_asked_again_within_the_months(self):
        self.make_visits(20)
        first = self.make_round(sample_percent=20)
        first.action_draw()
        second = self.make_round(sample_percent=50)
        second.action_draw()
        self.assertEqual(second.drawn_count, 10)
        self.assertEqual(second.left_out_count, 4)
        self.assertFalse(first.callback_ids.partner_id & second.callback_ids.partner_id)
        rest = self.make_round(sample_percent=100)
        rest.action_draw()
        self.assertEqual(rest.drawn_count, 6)
        again = self.make_round(sample_percent=100, repeat_months=0)
        again.action_draw()
        self.assertEqual(again.drawn_count, 20)

    def test_after_the_months_the_same_person_may_be_asked(self):
        self.make_visits(4)
        self.make_round(sample_percent=100).action_draw()
        with freeze_time("2026-07-01 04:00:00"):
            later = self.make_round(sample_percent=100)
            later.action_draw()
        self.assertEqual(later.drawn_count, 4)

    def test_person_with_two_visits_is_one_person(self):
        repairs = self.make_visits(2)
        repairs.partner_id = repairs[0].partner_id
        drawing = self.make_round(sample_percent=100)
        drawing.action_draw()
        self.assertEqual((drawing.member_count, drawing.drawn_count), (1, 1))
        self.assertEqual(drawing.callback_ids.repair_id, repairs[1])

    def test_who_withdrew_consent_is_left_out(self):
        repairs = self.make_visits(3)
        self.survey_policy.purpose = "survey"
        self.env["dealer.consent"].create(
            {
                "partner_id": repairs[0].partner_id.id,
                "channel": "call",
                "purpose": "care",
                "state": "withdrawn",
            }
        )
        by_phone = self.make_round(sample_percent=100)
        by_phone.action_draw()
        self.assertEqual(by_phone.left_out_count, 1)
        self.assertNotIn(repairs[0].partner_id, by_phone.callback_ids.partner_id)
        by_sms = self.make_round(sample_percent=100, method="sms", repeat_months=0)
        by_sms.action_draw()
        self.assertIn(repairs[0].partner_id, by_sms.callback_ids.partner_id)

    def test_night_makes_nothing_for_a_policy_of_rounds(self):
        self.make_visits(3, "2026-03-08 04:00:00")
        self.assertFalse(self.run_policy(self.survey_policy))
        self.survey_policy.by_rounds = False
        self.assertEqual(len(self.run_policy(self.survey_policy)), 3)

    def test_client_cannot_send_a_round_in_the_context(self):
        self.make_visits(3, "2026-03-08 04:00:00")
        drawing = self.make_round()
        policy = self.survey_policy.with_context(dealer_round=drawing.id)
        self.assertFalse(self.run_policy(policy))

    def test_drawn_once(self):
        self.make_visits(5)
        drawing = self.make_round(sample_percent=100)
        drawing.action_draw()
        with self.assertRaisesRegex(UserError, "drawn already"):
            drawing.action_draw()
        with self.assertRaisesRegex(UserError, "plan stays"):
            drawing.sample_percent = 50
        with self.assertRaisesRegex(UserError, "kept"):
            drawing.unlink()

    def test_same_seed_draws_the_same_again(self):
        self.make_visits(20)
        drawing = self.make_round(sample_percent=20)
        drawing.action_draw()
        first = drawing.callback_ids.partner_id
        drawing.action_undo()
        self.assertEqual(drawing.state, "draft")
        self.assertFalse(drawing.callback_ids)
        drawing.action_draw()
        self.assertEqual(drawing.callback_ids.partner_id, first)

    def test_nothing_is_taken_back_after_a_call(self):
        self.make_visits(2)
        drawing = self.make_round(sample_percent=100)
        drawing.action_draw()
        drawing.callback_ids[0].action_log_attempt("not_reached")
        with self.assertRaisesRegex(UserError, "asked already"):
            drawing.action_undo()

    def test_survey_to_ten_counts_answers_rate_and_score(self):
        self.make_visits(10)
        drawing = self.make_round(sample_percent=100)
        drawing.action_draw()
        overall, part = self.overall, self.advisor_question
        for callback, score in zip(drawing.callback_ids, (5, 4, 4, 2), strict=False):
            callback.save_answers({overall.id: score, part.id: 5})
            callback.action_save_answers()
        drawing.callback_ids[4].action_log_attempt("not_reached")
        self.env.invalidate_all()
        self.assertEqual(drawing.drawn_count, 10)
        self.assertEqual(drawing.tried_count, 5)
        self.assertEqual(drawing.answered_count, 4)
        self.assertAlmostEqual(drawing.response_rate, 0.4)
        self.assertAlmostEqual(drawing.score, 3.75)
        # points of 5, 4, 4, 2: 100, 75, 75, 25; each with 100 for the other question
        self.assertAlmostEqual(drawing.csi, (100 + 87.5 + 87.5 + 62.5) / 4, 1)
        self.assertEqual(
            self.env["dealer.callback"].search_count(
                drawing.action_view_answered()["domain"]
            ),
            4,
        )

    def test_closed_round_keeps_the_denominator(self):
        self.make_visits(4)
        drawing = self.make_round(sample_percent=100)
        drawing.action_draw()
        drawing.callback_ids[0].save_answers({self.overall.id: 5})
        drawing.callback_ids[0].action_save_answers()
        drawing.action_close()
        self.env.invalidate_all()
        self.assertEqual((drawing.drawn_count, drawing.answered_count), (4, 1))
        self.assertNotIn("planned", drawing.callback_ids.mapped("state"))

    def test_online_sheet_counts_as_reached_and_answered(self):
        self.make_visits(2)
        drawing = self.make_round(sample_percent=100, method="online")
        drawing.action_draw()
        callback = drawing.callback_ids[0].sudo()
        self.assertEqual(callback.channel, "wechat")
        self.assertIn(callback.user_input_id.access_token, callback.answer_url)
        sheet = callback.user_input_id.with_user(self.env.ref("base.public_user"))
        sheet = sheet.sudo()
        sheet._save_lines(self.overall, "4")
        sheet._mark_done()
        self.assertEqual(callback.state, "reached")
        self.assertTrue(callback.is_successful)
        self.assertEqual(callback.score, 4)
        self.assertEqual(callback.contact_ids.direction, "in")
        self.env.invalidate_all()
        self.assertEqual(drawing.answered_count, 1)

    def test_sheet_without_an_answer_reaches_nobody(self):
        self.make_visits(1)
        drawing = self.make_round(sample_percent=100, method="online")
        drawing.action_draw()
        drawing.callback_ids.sudo().user_input_id._mark_done()
        self.assertEqual(drawing.callback_ids.state, "planned")

    def test_segment_narrows_the_round(self):
        repairs = self.make_visits(3)
        other = self.make_car(owner_id=self.customer.id, color="green")
        repairs[0].vehicle_id = other
        segment = self.env["dealer.segment"].create(
            {"name": "Green", "domain": "[('color', '=', 'green')]"}
        )
        drawing = self.make_round(sample_percent=100, segment_id=segment.id)
        drawing.action_draw()
        self.assertEqual(drawing.callback_ids.repair_id, repairs[0])

    def test_bad_plans_name_the_field(self):
        yearly = self.make_policy(
            "res.partner", "birthdate_date", cycle="yearly", name="Birthday"
        )
        with self.assertRaisesRegex(ValidationError, "Birthday"):
            self.make_round(policy_id=yearly.id)
        silent = self.make_policy(survey_id=False, name="No questions")
        with self.assertRaisesRegex(ValidationError, "No questions"):
            self.make_round(policy_id=silent.id)
        with self.assertRaisesRegex(UserError, "nobody in this period"):
            self.make_round().action_draw()

    def test_results_are_not_typed(self):
        drawing = self.make_round()
        with self.assertRaisesRegex(UserError, "set by the drawing"):
            drawing.state = "drawn"
        with self.assertRaisesRegex(UserError, "set by the drawing"):
            self.make_round(member_count=5)
        made = (
            self.env["dealer.survey.round"]
            .with_user(self.care)
            .with_context(default_state="closed")
            .create({"policy_id": self.survey_policy.id})
        )
        self.assertEqual(made.state, "draft")

    def test_rounds_belong_to_customer_relations_of_the_branch(self):
        drawing = self.make_round()
        for user in (self.advisor, self.consultant, self.technician, self.care_north):
            with self.assertRaises(AccessError):
                drawing.with_user(user).read(["name"])

    def test_query_count_of_a_list_does_not_grow(self):
        self.make_visits(6)
        rounds = self.env["dealer.survey.round"]
        for percent in (20, 30, 40):
            drawing = self.make_round(sample_percent=percent, repeat_months=0)
            drawing.action_draw()
            rounds |= drawing
        names = ["drawn_count", "answered_count", "score", "csi"]
        counts = []
        for records in (rounds[:1], rounds):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.read(names)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
