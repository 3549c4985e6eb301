# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..tools.campaign import get_rate, get_roi


@tagged("post_install", "-at_install")
class TestToolsCampaign(BaseCase):
    def test_return_by_hand(self):
        self.assertAlmostEqual(get_roi(130000, 100000), 0.3)
        self.assertAlmostEqual(get_roi(0, 100000), -1)
        self.assertIsNone(get_roi(130000, 0))

    def test_rate_of_a_goal(self):
        self.assertEqual(get_rate(5, 20), 0.25)
        self.assertIsNone(get_rate(5, 0))
