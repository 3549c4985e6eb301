# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import pytz
from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    grade_ladder_id = fields.Many2one("dealer.grade.ladder")
    is_consent_needed = fields.Boolean(
        "Advertise with Consent only",
        help="Nobody gets advertising who was not asked and agreed.",
    )
    phone_reveal_quota = fields.Integer(
        "Phones shown per Day",
        default=30,
        help="How many hidden phone numbers one consultant may have shown a day.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        ladder = self.env.ref("dealer_crm.ladder_default", raise_if_not_found=False)
        for vals in vals_list:
            if ladder and "grade_ladder_id" not in vals:
                vals["grade_ladder_id"] = ladder.id
        return super().create(vals_list)

    def _get_dealer_tz(self):
        """Name of the branch's time zone: its address, else its calendar, else UTC.

        It decides "today" for jobs and the month of a figure.
        """
        self.ensure_one()
        company = self.sudo()
        return (
            company.partner_id.tz
            or company.resource_calendar_id.tz
            or self.env.user.tz
            or "UTC"
        )

    def _get_dealer_today(self):
        """Today's date at the branch."""
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(pytz.timezone(self._get_dealer_tz())).date()

    def _get_dealer_day_start(self, day):
        """The UTC moment (naive) at which ``day`` begins at the branch."""
        midnight = datetime(day.year, day.month, day.day)
        zone = pytz.timezone(self._get_dealer_tz())
        return zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)
