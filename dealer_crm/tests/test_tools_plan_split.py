# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..tools.plan_split import split_over_days


@tagged("post_install", "-at_install")
class TestPlanSplit(BaseCase):
    """Shares of a target are whole, even, and add up."""

    def test_shares_add_up_and_differ_by_one_at_most(self):
        for target in range(60):
            for count in range(1, 32):
                shares = list(split_over_days(target, range(count)).values())
                self.assertEqual(sum(shares), target)
                self.assertLessEqual(max(shares) - min(shares), 1)
