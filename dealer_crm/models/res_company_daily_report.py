# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import pytz
from odoo import fields, models

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class ResCompany(models.Model):
    """When a branch's daily reports are due and its weekly session is held."""

    _inherit = "res.company"

    daily_report_hour = fields.Float(
        "Daily Reports due at",
        default=19.0,
        help="Who has not submitted his daily report of a working day by then is "
        "reminded. 0: nobody is reminded.",
    )
    session_weekday = fields.Selection(
        WEEKDAYS,
        "Weekly Session on",
        default="0",
        help="On this day the list of last week's won and lost leads is ready. "
        "Empty: no weekly session.",
    )

    _daily_report_hour_check = models.Constraint(
        "CHECK (daily_report_hour >= 0 AND daily_report_hour < 24)",
        "Daily reports are due between 0:00 and 23:59.",
    )

    def _get_dealer_hour(self):
        """The time of day at the branch, in hours."""
        self.ensure_one()
        now = pytz.utc.localize(fields.Datetime.now())
        local = now.astimezone(pytz.timezone(self._get_dealer_tz()))
        midnight = datetime(local.year, local.month, local.day)
        return (local.replace(tzinfo=None) - midnight).total_seconds() / 3600
