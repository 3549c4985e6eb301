# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import fields, models
from odoo.fields import Domain

to_date = fields.Date.to_date


class DealerKpi(models.Model):
    """Counting: a constant number of queries per figure, whatever the volume.

    Counted with the rights of the environment: a month counts for the whole branch
    with all rights, a figure being edited is tried with its editor's own.
    """

    _inherit = "dealer.kpi"

    def _compute_lines(self, company, date_from, date_to):
        """The figure of a period at one branch.

        :return: list of dicts, one per value of the dimension (one in all without):
            dimension_id, label, numerator, denominator, value (None: nothing to
            divide by), share (None likewise), record_ids, denominator_ids
        """
        self.ensure_one()
        domain = self._get_numerator_domain(company, date_from, date_to)
        groups = self._read_numerator(domain)
        shares = self._read_share(domain)
        total = self._read_denominator(company, date_from, date_to)
        lines = [
            self._prepare_line(dimension, numbers, shares, total)
            for dimension, numbers in groups
        ]
        if self.dimension_field_id:
            lines.sort(key=self._get_line_order)
            return lines[: self.line_limit or None]
        return lines

    def _compute_months(self, company, months):
        """The figure of several months, in as many queries as that of one.

        :param list months: first days of months, in order
        :return: dict month → its line, see :meth:`_compute_lines`, without the ids
        """
        self.ensure_one()
        kpi = self.with_context(tz=company._get_dealer_tz())
        period = company, months[0], fields.Date.end_of(months[-1], "month")
        domain = kpi._get_numerator_domain(*period)
        by = f"{kpi.date_field_id.name}:month"
        mean = [f"{kpi.value_field_id.name}:avg"] if kpi.value_field_id else []
        rows = kpi.env[kpi.model]._read_group(domain, [by], ["__count", *mean])
        counted = {to_date(month): numbers for month, *numbers in rows}
        shares = kpi._read_share(domain, by)
        totals = kpi._read_denominator_months(*period)
        lines = {}
        for month in months:
            count, *means = counted.get(month, [0])
            total = None if totals is None else (totals.get(month, 0), None)
            share = {0: shares.get(month, 0)}
            numbers = (count, None, *means)
            lines[month] = kpi._prepare_line(None, numbers, share, total)
        return lines

    def _read_denominator_months(self, company, date_from, date_to):
        """Month → count of what a ratio is divided by; None for other measures."""
        if self.measure != "ratio":
            return None
        date_field = self.denominator_date_field_id or self.date_field_id
        rows = self.env[self._get_denominator_model()]._read_group(
            self._get_denominator_domain(company, date_from, date_to),
            [f"{date_field.name}:month"],
            ["__count"],
        )
        return {to_date(month): count for month, count in rows}

    def _read_numerator(self, domain):
        """[(dimension record or None, (count, ids, mean))] in one query."""
        aggregates = ["__count", "id:array_agg"]
        if self.value_field_id:
            aggregates.append(f"{self.value_field_id.name}:avg")
        dimension = self.dimension_field_id.name
        model = self.env[self.model]
        if not dimension:
            return [(None, model._read_group(domain, [], aggregates)[0])]
        domain &= Domain(dimension, "!=", False)
        rows = model._read_group(domain, [dimension], aggregates)
        return [(row[0], row[1:]) for row in rows]

    def _read_share(self, domain, by_month=None):
        """Counted records that also meet the share's conditions; keys as below."""
        return self._count_part(domain, self.share_domain, by_month)

    def _count_part(self, domain, conditions, by_month=None):
        """Of the counted records those that meet ``conditions``.

        :param by_month: grouping of months, to count by these
        :return: dict count by dimension id (0 without dimension), or by month
        """
        if not conditions:
            return {}
        domain &= Domain(literal_eval(conditions))
        dimension = self.dimension_field_id.name
        model = self.env[self.model]
        if by_month:
            rows = model._read_group(domain, [by_month], ["__count"])
            return {to_date(month): count for month, count in rows}
        if not dimension:
            return {0: model.search_count(domain)}
        rows = model._read_group(domain, [dimension], ["__count"])
        return {record.id: count for record, count in rows}

    def _read_denominator(self, company, date_from, date_to):
        """(count, ids) of what a ratio is divided by; None for other measures."""
        if self.measure != "ratio":
            return None
        domain = self._get_denominator_domain(company, date_from, date_to)
        model = self.env[self._get_denominator_model()]
        return model._read_group(domain, [], ["__count", "id:array_agg"])[0]

    def _prepare_line(self, dimension, numbers, shares, total):
        count, record_ids, *mean = numbers
        key = dimension.id if dimension else 0
        denominator, denominator_ids = total or (count, None)
        return {
            "dimension_id": key,
            "label": dimension.display_name if dimension else "",
            "order": dimension["sequence"]
            if dimension and "sequence" in dimension
            else 0,
            "numerator": count,
            "denominator": denominator,
            "value": self._divide(count, denominator, mean[0] if mean else None),
            "share": shares.get(key, 0) / count
            if self.share_domain and count
            else None,
            "record_ids": sorted(record_ids or []),
            "denominator_ids": sorted(denominator_ids or []),
        }

    def _divide(self, count, denominator, mean):
        if self.measure == "count":
            return count
        if not denominator:
            return None
        return mean if self.measure == "mean" else count / denominator

    def _get_line_order(self, line):
        """Rankings: most frequent first, ties in the order of the list.

        Means per question keep the order of the questionnaire.
        """
        rank = -line["numerator"] if self.measure == "count" else 0
        return (rank, line["order"], line["dimension_id"])
