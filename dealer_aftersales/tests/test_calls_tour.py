# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestCallsTour(AftersalesCase, HttpCase):
    """A caller works the list of today with the keyboard, in a browser."""

    def make_due_callback(self, name, days_ago):
        person = self.make_customer(name)
        today = self.branch._get_dealer_today()
        start = self.branch._get_dealer_day_start(today)
        self.make_repair(
            fields.Datetime.subtract(start, days=days_ago, hours=-9),
            partner_id=person.id,
        )
        return self.run_policy()

    def test_caller_answers_by_keys_and_goes_on(self):
        first = self.make_due_callback("Li First", 5)
        second = self.make_due_callback("Li Second", 4)
        self.start_tour("/odoo/calls-today", "dealer_calls_of_today", login="test_care")
        self.env.invalidate_all()
        values = {q["question_id"]: q["value"] for q in first.answers}
        self.assertEqual(values[self.overall.id], 5)
        self.assertEqual(values[self.advisor_question.id], 2)
        self.assertRecordValues(
            first,
            [{"state": "reached", "is_successful": True, "score": 5}],
        )
        self.assertRecordValues(
            second, [{"state": "planned", "attempt_count": 1, "user_id": self.care.id}]
        )
        self.assertEqual(second.contact_ids.content, "The line is busy")
        self.assertEqual(second.contact_ids.outcome, "not_reached")

    def test_morning_of_a_caller_by_keys(self):
        """A bad answer asks for its cause; the second customer is promised a time."""
        self.branch.finding_required = True
        self.env["dealer.cause"].create({"name": "Test not driven"})
        first = self.make_due_callback("Li First", 5)
        second = self.make_due_callback("Li Second", 4)
        self.start_tour("/odoo/calls-today", "dealer_calls_morning", login="test_care")
        self.env.invalidate_all()
        self.assertRecordValues(
            first,
            [
                {
                    "state": "reached",
                    "score": 2,
                    "complaint_choice": "no",
                    "done_user_id": self.care.id,
                    "answer_channel": "phone",
                }
            ],
        )
        self.assertEqual(first.cause_id.name, "Test not driven")
        self.assertEqual(second.state, "planned")
        self.assertGreater(second.date_promised, fields.Datetime.now())
