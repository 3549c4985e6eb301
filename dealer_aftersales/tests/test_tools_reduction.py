# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..tools.reduction import (
    get_earned_points,
    get_reduction,
    get_returned_points,
    get_spendable_points,
    spread,
)


@tagged("post_install", "-at_install")
class TestToolsReduction(BaseCase):
    def test_never_more_than_all(self):
        self.assertEqual(get_reduction("percent", 200, percent=10), 20)
        self.assertEqual(get_reduction("amount", 200, amount=50), 50)
        self.assertEqual(get_reduction("amount", 30, amount=50), 30)
        self.assertEqual(get_reduction("percent", -5, percent=10), 0)

    def test_whole_points_only(self):
        self.assertEqual(get_earned_points(99.99, 10), 9)
        self.assertEqual(get_earned_points(100, 0), 0)
        self.assertEqual(get_earned_points(0.3, 0.1), 3)

    def test_refund_takes_its_share(self):
        self.assertEqual(get_returned_points(10, 50, 100), 5)
        self.assertEqual(get_returned_points(10, 200, 100), 10)
        self.assertEqual(get_returned_points(10, 50, 0), 0)

    def test_spendable_is_the_least_of_balance_and_bill(self):
        self.assertEqual(get_spendable_points(1000, 50, 0.1), 500)
        self.assertEqual(get_spendable_points(100, 50, 0.1), 100)
        self.assertEqual(get_spendable_points(-5, 50, 0.1), 0)
        self.assertEqual(get_spendable_points(100, 50, 0), 0)

    def test_spread_by_weight_and_never_over_the_room(self):
        room = {"a": 100.0, "b": 300.0, "c": 50.0}
        weights = {"a": 1, "b": 1, "c": 0}
        self.assertEqual(spread(80, weights, room), {"a": 40, "b": 40, "c": 0})
        self.assertEqual(spread(300, weights, room), {"a": 100, "b": 200, "c": 0})
        self.assertEqual(spread(425, weights, room), {"a": 100, "b": 300, "c": 25})
        self.assertEqual(spread(500, weights, room), room)
        self.assertEqual(spread(0, weights, room), dict.fromkeys("abc", 0))
        self.assertEqual(spread(10, {}, {}), {})
