# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase

from ..tools import complaint as rules


class TestToolsComplaint(BaseCase):
    """The way of a complaint, without a database."""

    def test_the_whole_way_of_a_complaint(self):
        way = rules.get_way("service", "received", "closed")
        self.assertEqual(way[0], "answered")
        self.assertEqual(way[-2:], ("confirmed", "closed"))
        self.assertEqual(len(way), 7)

    def test_a_suggestion_is_answered_and_closed(self):
        for kind in rules.FEEDBACK_KINDS:
            self.assertEqual(
                rules.get_way(kind, "received", "closed"), ("answered", "closed")
            )

    def test_no_way_back_and_none_to_nowhere(self):
        self.assertEqual(rules.get_way("service", "agreed", "answered"), ())
        self.assertEqual(rules.get_way("service", "closed", "closed"), ())
        self.assertEqual(rules.get_way("service", "withdrawn", "answered"), ())
        self.assertEqual(rules.get_way("need", "received", "proposed"), ())

    def test_the_step_before(self):
        self.assertEqual(rules.get_step_before("service", "done"), "agreed")
        self.assertIsNone(rules.get_step_before("service", "received"))
        self.assertIsNone(rules.get_step_before("service", "withdrawn"))

    def test_the_kind_is_guessed_from_the_problems(self):
        self.assertEqual(rules.guess_kind(["x", "not_fixed"], None), "technical")
        self.assertEqual(rules.guess_kind(["price"], "after_delivery"), "price")
        self.assertEqual(rules.guess_kind([], "after_delivery"), "sales")
        self.assertEqual(rules.guess_kind([False], "after_service"), "service")

    def test_departments(self):
        self.assertEqual(rules.get_department("sales"), "sales")
        self.assertEqual(rules.get_department("technical"), "service")
        self.assertEqual(rules.get_department("suggestion"), "care")
