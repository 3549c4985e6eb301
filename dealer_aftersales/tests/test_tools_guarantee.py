# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest import TestCase

from odoo.addons.dealer_aftersales.tools.guarantee import get_km_since, is_inside

#: Class of work, days, kilometres: regulation of 2015, Art. 37 (domain.md 6.2).
TERMS = ((100, 20000), (30, 5000), (10, 2000))


class TestToolsGuarantee(TestCase):
    """The term reached first ends the guarantee; its last day and km belong to it."""

    def test_borders_of_each_class(self):
        for days, km in TERMS:
            for passed, driven, inside in (
                (0, 0, True),
                (days, km, True),
                (days + 1, 0, False),
                (0, km + 1, False),
                (days + 1, km + 1, False),
                (-1, 0, False),
            ):
                with self.subTest(days=days, passed=passed, driven=driven):
                    self.assertIs(is_inside(passed, driven, days, km), inside)

    def test_without_reading_the_days_decide(self):
        self.assertTrue(is_inside(10, None, 10, 2000))
        self.assertFalse(is_inside(11, None, 10, 2000))

    def test_longer_never_helps(self):
        for passed in range(0, 40):
            for driven in range(0, 6000, 250):
                now = is_inside(passed, driven, 30, 5000)
                later = is_inside(passed + 1, driven + 250, 30, 5000)
                self.assertTrue(now or not later)

    def test_kilometres_between_readings(self):
        self.assertEqual(get_km_since(10000, 12000), 2000)
        self.assertEqual(get_km_since(10000, 10000), 0)
        for then, now in ((0, 5000), (5000, 0), (None, 1), (6000, 5000)):
            self.assertIsNone(get_km_since(then, now))
