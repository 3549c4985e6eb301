# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import pytz

from .common import DealerCrmCase


class TestBranchClock(DealerCrmCase):
    """Working hours, days off, holidays and the time zone of the branch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_hours("Asia/Shanghai")

    @classmethod
    def set_hours(cls, tz, hours=((8, 12), (13, 17)), days="01234"):
        """Give the branch a calendar and a zone."""
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "Showroom",
                # the zone of the branch counts, not that of the calendar
                "tz": "UTC",
                "company_id": cls.branch.id,
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": "Open",
                            "dayofweek": day,
                            "hour_from": start,
                            "hour_to": end,
                        },
                    )
                    for day in days
                    for start, end in hours
                ],
            }
        )
        cls.branch.resource_calendar_id = calendar
        cls.branch.partner_id.tz = tz

    def at(self, day, hour, minute=0, month=3):
        """UTC moment of a local time at the branch in 2026; 10 March is a Tuesday."""
        zone = pytz.timezone(self.branch.partner_id.tz)
        local = zone.localize(datetime(2026, month, day, hour, minute))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def assert_deadline(self, start, hours, expected):
        self.assertEqual(self.branch._get_dealer_deadline(start, hours), expected)
        self.assertAlmostEqual(
            self.branch._get_dealer_worked_hours(start, expected), hours
        )

    def add_holiday(self, start, end, **values):
        values = {
            "name": "Qingming",
            "company_id": self.branch.id,
            "calendar_id": self.branch.resource_calendar_id.id,
            **values,
        }
        leave = self.env["resource.calendar.leaves"].create(
            {"date_from": start, "date_to": end, **values}
        )
        self.env.flush_all()
        # core computes it from the calendar or the company at hand
        leave.company_id = values["company_id"]

    def test_hours_of_one_day(self):
        self.assert_deadline(self.at(10, 9), 2, self.at(10, 11))

    def test_lunch_and_night_stand_still(self):
        self.assert_deadline(self.at(10, 11), 2, self.at(10, 14))
        self.assert_deadline(self.at(10, 16, 30), 2, self.at(11, 9, 30))

    def test_weekend_stands_still(self):
        # Friday 13 March, late in the afternoon, and Saturday
        self.assert_deadline(self.at(13, 16), 2, self.at(16, 9))
        self.assert_deadline(self.at(14, 11), 1, self.at(16, 9))

    def test_holiday_stands_still(self):
        self.add_holiday(self.at(11, 0), self.at(12, 0))
        self.assert_deadline(self.at(10, 16), 2, self.at(12, 9))

    def test_holiday_for_all_calendars_of_the_branch_counts(self):
        self.add_holiday(self.at(11, 0), self.at(12, 0), calendar_id=False)
        self.assert_deadline(self.at(10, 16), 2, self.at(12, 9))

    def test_holiday_of_another_branch_does_not_count(self):
        self.add_holiday(
            self.at(11, 0),
            self.at(12, 0),
            calendar_id=False,
            company_id=self.other_branch.id,
        )
        self.assert_deadline(self.at(10, 16), 2, self.at(11, 9))

    def test_time_off_of_one_person_does_not_count(self):
        resource = self.env["resource.resource"].create(
            {"name": "Wang", "calendar_id": self.branch.resource_calendar_id.id}
        )
        self.add_holiday(self.at(11, 0), self.at(12, 0), resource_id=resource.id)
        self.assert_deadline(self.at(10, 16), 2, self.at(11, 9))

    def test_long_closure_is_waited_for(self):
        self.add_holiday(self.at(11, 0), self.at(11, 0, month=5))
        self.assert_deadline(self.at(10, 16), 2, self.at(11, 9, month=5))

    def test_summer_time_moves_the_opening_not_the_hours(self):
        """Clocks go forward on Sunday 29 March 2026 in Berlin."""
        self.set_hours("Europe/Berlin")
        start, end = self.at(27, 16), self.at(30, 9)
        self.assert_deadline(start, 2, end)
        self.assertEqual((end - start).total_seconds() / 3600, 64)

    def test_hours_over_the_change_of_the_clock_are_real_hours(self):
        self.set_hours("Europe/Berlin", hours=((0, 24),), days="0123456")
        self.assert_deadline(self.at(29, 1), 3, self.at(29, 5))

    def test_without_calendar_the_branch_is_always_open(self):
        self.branch.resource_calendar_id = False
        self.assert_deadline(self.at(14, 23), 4, self.at(15, 3))
        self.assertTrue(self.branch._is_dealer_open(self.at(14, 23)))

    def test_calendar_without_hours_counts_by_the_wall(self):
        self.branch.resource_calendar_id.attendance_ids.unlink()
        self.assertEqual(
            self.branch._get_dealer_deadline(self.at(10, 9), 4), self.at(10, 13)
        )

    def test_open_and_closed(self):
        for hour, is_open in ((7, False), (8, True), (12, False), (16, True)):
            with self.subTest(hour=hour):
                self.assertIs(self.branch._is_dealer_open(self.at(10, hour)), is_open)
        self.assertFalse(self.branch._is_dealer_open(self.at(14, 9)))
