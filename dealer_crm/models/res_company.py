# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

import pytz
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    grade_ladder_id = fields.Many2one("dealer.grade.ladder")
    file_check_months = fields.Integer(
        "Check Files every (months)",
        default=12,
        help="A customer whose contact data was not checked for so long is on the "
        "list of files to check. 0: never.",
    )
    is_consent_needed = fields.Boolean(
        "Advertise with Consent only",
        help="Nobody gets advertising who was not asked and agreed.",
    )
    retention_years = fields.Integer(
        "Papers kept (Years)",
        default=10,
        help="For so long after the last contract or invoice a customer is not "
        "anonymised.",
    )
    phone_reveal_quota = fields.Integer(
        "Phones shown per Day",
        default=30,
        help="How many hidden phone numbers one consultant may have shown a day.",
    )

    stock_query_log_days = fields.Integer(
        "Keep Stock Queries (days)",
        default=180,
        help="0: the log of stock queries is kept.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        ladder = self.env.ref("dealer_crm.ladder_default", raise_if_not_found=False)
        if ladder:
            vals_list = [{"grade_ladder_id": ladder.id, **vals} for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _get_all_branches(self):
        """Every branch, closed ones too, whoever asks: for jobs over all records."""
        companies = self.sudo().with_context(active_test=False)
        return companies.search(Domain.TRUE)

    def _get_branch_zones(self):
        """Ids and time zones of these branches, for statements that count days there.

        :return: dict with the lists ``companies`` and ``zones``, for ``unnest``
        """
        zones = [company._get_dealer_tz() for company in self]
        return {"companies": self.ids, "zones": zones}

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

    def _get_file_check_limit(self):
        """UTC moment; contact data checked before it is to be checked again."""
        self.ensure_one()
        months = self.sudo().file_check_months
        today = self._get_dealer_today()
        day = today - relativedelta(months=months) if months > 0 else date(1900, 1, 1)
        return self._get_dealer_day_start(day)

    def _get_dealer_day_start(self, day):
        """The UTC moment (naive) at which ``day`` begins at the branch."""
        midnight = datetime(day.year, day.month, day.day)
        zone = pytz.timezone(self._get_dealer_tz())
        return zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    def _get_dealer_day(self, moment):
        """The date at the branch of ``moment``, a naive UTC datetime."""
        zone = pytz.timezone(self._get_dealer_tz())
        return pytz.utc.localize(moment).astimezone(zone).date()
