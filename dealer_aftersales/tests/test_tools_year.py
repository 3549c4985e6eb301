# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.year import get_days_of_year


def number(day):
    return day.timetuple().tm_yday


@tagged("post_install", "-at_install")
class TestToolsYear(BaseCase):
    """A filter that may let too much through, and never too little."""

    def test_every_day_of_birth_is_found_on_its_day(self):
        births = [date(1980, 1, 1) + timedelta(days=n) for n in range(3 * 366)]
        for year in (2027, 2028):
            for birth in births:
                try:
                    day = birth.replace(year=year)
                except ValueError:  # 29 February is the 28th in a common year
                    day = date(year, 2, 28)
                self.assertIn(number(birth), get_days_of_year(day, day), birth)

    def test_over_the_turn_of_the_year(self):
        days = get_days_of_year(date(2026, 12, 30), date(2027, 1, 2))
        self.assertEqual(days, [1, 2, 3, 4, 362, 363, 364, 365, 366])

    def test_a_year_and_more_is_every_day(self):
        days = get_days_of_year(date(2026, 1, 1), date(2028, 1, 1))
        self.assertEqual(days, list(range(1, 367)))

    def test_an_empty_span(self):
        self.assertEqual(get_days_of_year(date(2026, 3, 9), date(2026, 3, 1)), [])
