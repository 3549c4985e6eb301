# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

import pytz
from odoo import models

from ..tools.clock import WorkClock

#: Weeks looked at for a deadline, step by step; a branch closed for longer than a year
#: has no working time.
WINDOWS = (2, 8, 53)


class ResCompany(models.Model):
    """The branch's clock: it stands still over night, on days off and on holidays.

    Opening times are the branch's working-hours calendar with its public holidays, in
    the branch's time zone. A branch without a calendar is open day and night.
    """

    _inherit = "res.company"

    def _get_dealer_clock(self, start, end):
        """The branch's clock for a window, for many questions at the price of one.

        :param start: naive UTC datetime, as all moments of the clock
        :param end: naive UTC datetime
        :return: :class:`WorkClock`
        """
        self.ensure_one()
        company = self.sudo()
        calendar = company.resource_calendar_id
        if not calendar or start >= end:
            return WorkClock([(start, end)])
        found = calendar._work_intervals_batch(
            pytz.utc.localize(start),
            pytz.utc.localize(end),
            # holidays without a calendar are those of the whole branch
            domain=[
                ("time_type", "=", "leave"),
                ("company_id", "in", [False, company.id]),
            ],
            tz=pytz.timezone(company._get_dealer_tz()),
        )[False]
        return WorkClock(
            tuple(moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in pair)
            for pair in ((begin, stop) for begin, stop, _source in found)
        )

    def _get_dealer_deadline(self, start, hours):
        """When ``hours`` of working time will have passed since ``start``.

        :param start: naive UTC datetime
        :param float hours: working hours
        :return: naive UTC datetime; by the wall clock where the branch never works
        """
        self.ensure_one()
        for weeks in WINDOWS:
            span = timedelta(weeks=weeks, hours=hours)
            found = self._get_dealer_clock(start, start + span).deadline(start, hours)
            if found:
                return found
        return start + timedelta(hours=hours)

    def _get_dealer_beginning(self, end, hours):
        """The latest moment from which ``hours`` of work have passed until ``end``."""
        self.ensure_one()
        for weeks in WINDOWS:
            span = timedelta(weeks=weeks, hours=hours)
            found = self._get_dealer_clock(end - span, end).beginning(end, hours)
            if found:
                return found
        return end - timedelta(hours=hours)

    def _get_dealer_worked_hours(self, start, end):
        """Working hours of the branch between two naive UTC moments."""
        self.ensure_one()
        return self._get_dealer_clock(start, end).worked(start, end)

    def _is_dealer_open(self, moment):
        """True where the naive UTC ``moment`` lies in the branch's working time."""
        self.ensure_one()
        day = timedelta(days=1)
        return self._get_dealer_clock(moment - day, moment + day).is_open(moment)
