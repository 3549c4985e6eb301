# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest import TestCase

from ..tools.measures import is_better, judge_measure, share


class TestToolsMeasures(TestCase):
    def test_more_is_better_unless_less_is(self):
        self.assertTrue(is_better(3.5, 4.0))
        self.assertFalse(is_better(4.0, 4.0))
        self.assertTrue(is_better(0.4, 0.1, lower_is_better=True))

    def test_an_unknown_side_tells_nothing(self):
        self.assertIsNone(is_better(None, 4.0))
        self.assertIsNone(is_better(4.0, None))

    def test_one_dissatisfied_customer_is_enough(self):
        self.assertEqual(judge_measure(["ok", "not_ok", "waiting"]), "ineffective")

    def test_open_calls_are_waited_for(self):
        self.assertEqual(judge_measure(["ok", "waiting"]), "waiting")

    def test_nobody_reached_proves_nothing(self):
        self.assertEqual(judge_measure(["unknown"]), "unproven")
        self.assertEqual(judge_measure([]), "unproven")

    def test_a_worse_figure_outweighs_a_kind_customer(self):
        self.assertEqual(judge_measure(["ok"], False), "ineffective")
        self.assertEqual(judge_measure(["ok", "unknown"], True), "effective")
        self.assertEqual(judge_measure(["ok"], None), "effective")

    def test_nothing_to_divide_by(self):
        self.assertIsNone(share(1, 0))
        self.assertEqual(share(1, 4), 0.25)
