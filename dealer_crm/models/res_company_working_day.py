# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta

import pytz
from odoo import models


class ResCompany(models.Model):
    """Working days of a branch: its calendar without its holidays."""

    _inherit = "res.company"

    def _get_dealer_work_days(self, start, end):
        """Days from ``start`` to ``end`` (both included) on which the branch works.

        :return: sorted list of dates; every day where the branch has no calendar
        """
        self.ensure_one()
        calendar = self.sudo().resource_calendar_id
        if not calendar:
            count = (end - start).days + 1
            return [start + timedelta(days=n) for n in range(count)]
        zone = pytz.timezone(self._get_dealer_tz())
        begin = zone.localize(datetime.combine(start, time.min))
        after = zone.localize(datetime.combine(end + timedelta(days=1), time.min))
        intervals = calendar._work_intervals_batch(begin, after, tz=zone)[False]
        return sorted({moment.astimezone(zone).date() for moment, *_rest in intervals})

    def _get_next_work_day(self, day):
        """The first working day after ``day``; the day after it when none is near."""
        self.ensure_one()
        first = day + timedelta(days=1)
        days = self._get_dealer_work_days(first, day + timedelta(days=14))
        return days[0] if days else first
