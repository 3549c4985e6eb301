# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.year import get_days_of_year

#: The day is found in the calendar, and comes again each year.
CALENDAR_CYCLES = ("yearly", "festival")


class DealerCallbackPolicy(models.Model):
    """Which records a policy looks at, and the day of each at its branch, as SQL."""

    _inherit = "dealer.callback.policy"

    def _get_source_query(self, company, today, domain, is_dated=True):
        """The policy's records of one branch as a SELECT, or None if there are none.

        :param domain: which records of the source model
        :param bool is_dated: only those whose date is near

        The branch's time zone also decides "today" inside the policy's conditions.
        """
        model = (
            self.env[self.model]
            .sudo()
            .with_company(company)
            .with_context(tz=company._get_dealer_tz())
        )
        domain = domain & self._get_company_domain(model, company)
        if is_dated and self.cycle not in CALENDAR_CYCLES:
            domain &= self._get_date_domain(company, today)
        query = model._search(domain)
        if query.is_empty():
            return None
        if is_dated and self.cycle == "yearly":
            query.add_where(self._get_year_days_sql(model, query, today))
        return query.select(
            SQL("%s AS source_id", SQL.identifier(query.table, "id")),
            SQL("%s AS source_date", self._get_date_sql(model, query, company, today)),
            SQL("%s AS partner_id", self._get_path_sql(model, query, "partner_path")),
            SQL("%s AS vehicle_id", self._get_path_sql(model, query, "vehicle_path")),
            SQL("%s AS repair_id", self._get_link_sql(query, "repair.order")),
            SQL("%s AS sale_order_id", self._get_link_sql(query, "sale.order")),
        )

    def _get_company_domain(self, model, company):
        """Records of the branch.

        Those without one belong to a policy of one branch, else to the main branch.
        """
        if "company_id" not in model._fields:
            return Domain.TRUE
        domain = Domain("company_id", "=", company.id)
        if self.company_id or company.id == min(self._get_companies().ids):
            domain |= Domain("company_id", "=", False)
        return domain

    def _get_date_domain(self, company, today):
        """The date's range in terms of the source, so that its index can be used."""
        name = self.date_field_id.name
        offset = timedelta(days=self.offset_days)
        first = self.date_start - offset
        last = today + timedelta(days=self.ahead_days + 1) - offset
        if self.date_field_id.ttype == "datetime":
            first = company._get_dealer_day_start(first)
            last = company._get_dealer_day_start(last)
        return Domain(name, ">=", first) & Domain(name, "<", last)

    def _get_year_days_sql(self, model, query, today):
        """Whether a yearly day can be near at all: cheap, before each is reckoned."""
        offset = timedelta(days=self.offset_days)
        last = today + timedelta(days=self.ahead_days) - offset
        return SQL(
            "extract(doy FROM %s)::int = ANY(%s)",
            model._field_to_sql(query.table, self.date_field_id.name, query),
            get_days_of_year(self._get_first_due(today) - offset, last),
        )

    def _get_date_sql(self, model, query, company, today):
        """The source's day at the branch; for a yearly policy the newest return of it
        that the job already looks at.
        """
        day = model._field_to_sql(query.table, self.date_field_id.name, query)
        if self.date_field_id.ttype == "datetime":
            day = SQL(
                "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
                day,
                company._get_dealer_tz(),
            )
        if self.cycle == "yearly":
            horizon = today + timedelta(days=self.ahead_days - self.offset_days)
            this_year = self._get_day_in_year_sql(day, horizon.year)
            day = SQL(
                "CASE WHEN %(this_year)s <= %(horizon)s THEN %(this_year)s"
                " ELSE %(last_year)s END",
                this_year=this_year,
                horizon=horizon,
                last_year=self._get_day_in_year_sql(day, horizon.year - 1),
            )
        return day

    def _get_day_in_year_sql(self, day, year):
        """The same day in another year; 29 February is the 28th in a common year."""
        return SQL(
            "(%(day)s + make_interval(years => %(year)s"
            " - extract(year FROM %(day)s)::int))::date",
            day=day,
            year=year,
        )

    def _get_path_sql(self, model, query, path):
        comodel = "res.partner" if path == "partner_path" else "fleet.vehicle"
        names = self._get_path_fields(path, comodel)
        if not names:
            return SQL("NULL::int")
        return SQL(
            "COALESCE(%s)",
            SQL(", ").join(
                model._field_to_sql(query.table, name, query) for name in names
            ),
        )

    def _get_link_sql(self, query, model_name):
        if self.model == model_name:
            return SQL.identifier(query.table, "id")
        return SQL("NULL::int")
