# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

MONTHS = 12
#: Where a view has no index of its own, its source tells the first day.
SOURCES = {"dealer.callback.answer": "dealer.callback"}


class DealerKpi(models.Model):
    """Figures of the board's months: kept ones where a month was closed."""

    _inherit = "dealer.kpi"

    @api.model
    def _get_board_months(self):
        """First days of the months of the trend, the shown month last."""
        last = self._get_board_month()
        return [fields.Date.subtract(last, months=n) for n in reversed(range(MONTHS))]

    def _read_board(self, months):
        """The months that are open are counted at once, a figure after the other.

        :return: dict (KPI id, month) → figure; no key where none can be had

        A figure is a dict: value (None: nothing to divide by), count, kept, and for
        kept ones the target of that month.
        """
        kpis = self._origin.sudo().filtered(lambda kpi: not kpi.dimension_field_id)
        figures = kpis._read_kept(months)
        first = kpis._get_first_days()
        for kpi in kpis:
            since = first.get(kpi.id)
            missing = [
                month
                for month in months
                if since and month >= since and (kpi.id, month) not in figures
            ]
            for month, figure in kpi._count_months(missing).items():
                figures[kpi.id, month] = figure
        return figures

    def _read_kept(self, months):
        """Figures of closed months, in one query."""
        values = (
            self.env["dealer.kpi.value"]
            .sudo()
            .search(
                [
                    ("kpi_id", "in", self.ids),
                    ("company_id", "=", self.env.company.id),
                    ("month", "in", months),
                    ("close_id.state", "=", "frozen"),
                ]
            )
        )
        return {
            (value.kpi_id.id, value.month): {
                "value": value.value if value.has_value else None,
                "count": value.numerator,
                "kept": True,
                "target": value.target,
                "has_target": value.has_target,
                "green_from": value.green_from,
            }
            for value in values
        }

    def _get_first_days(self):
        """KPI id → first day of the month with its first record at the branch.

        Months before it need no counting; one query per kind of record.
        """
        found = {}
        by_model = {}
        for kpi in self:
            model = kpi._get_denominator_model()
            key = (SOURCES.get(model, model), kpi.date_field_id.name)
            if key not in by_model:
                by_model[key] = kpi._read_first_day(*key)
            found[kpi.id] = by_model[key]
        return found

    def _read_first_day(self, model, name):
        field = self.env[model]._fields.get(name)
        if not field:
            return None
        [[first]] = self.env[model]._read_group(
            [("company_id", "=", self.env.company.id)], [], [f"{name}:min"]
        )
        if first and field.type == "datetime":
            first = self.env.company._get_dealer_day(first)
        return first and fields.Date.start_of(first, "month")

    def _count_months(self, months):
        """Figures as the records say now, by month; none where they cannot be counted.

        :param list months: first days of months, in order
        """
        self.ensure_one()
        if not months:
            return {}
        try:
            with self.env.cr.savepoint():
                lines = self._compute_months(self.env.company, months)
        except Exception:
            _logger.warning("KPI %s failed", self.code, exc_info=True)
            return {}
        return {
            month: {"value": line["value"], "count": line["numerator"], "kept": False}
            for month, line in lines.items()
        }
