# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from .fleet_vehicle_stock import STOCK_STATES

_logger = logging.getLogger(__name__)
MAX_TERMS = 500


class FleetVehicle(models.Model):
    """Searches in the stock query leave a line in its log.

    Searching is a read-only call that may run on a replica of the database, so the
    line is written past it then; a failure is told to the server's log only.
    """

    _inherit = "fleet.vehicle"

    @api.model
    @api.readonly
    def web_search_read(self, domain, specification, offset=0, **kwargs):
        result = super().web_search_read(domain, specification, offset=offset, **kwargs)
        if not offset:
            self._log_stock_query(domain, result["length"])
        return result

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, aggregates=(), **kwargs):
        result = super().web_read_group(domain, groupby, aggregates, **kwargs)
        if not kwargs.get("offset"):
            count = sum(group["__count"] for group in result["groups"])
            self._log_stock_query(domain, count)
        return result

    @api.model
    def _log_stock_query(self, domain, count):
        """Log a search of the stock query that asks for more than the list itself."""
        if self.env.su or not self.env.context.get("dealer_stock_query"):
            return
        try:
            terms = self._get_stock_query_terms(domain)
            if terms:
                self._write_stock_query(
                    {
                        "user_id": self.env.uid,
                        "company_id": self.env.company.id,
                        "date": fields.Datetime.now(),
                        "terms": terms,
                        "result_count": count,
                    }
                )
        except Exception:
            # whatever is wrong with the log, the search has its answer
            _logger.warning("A stock query was not logged.", exc_info=True)

    def _write_stock_query(self, values):
        if not self.env.cr.readonly:
            with self.env.cr.savepoint():
                self.env["dealer.stock.query.log"].sudo().create(values)
            return
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["dealer.stock.query.log"].create(values)

    @api.model
    def _get_stock_query_terms(self, domain):
        """:return: the search in words, e.g. "Model: Lavida, Body Colour: white" """
        texts = [
            self._get_condition_text(condition)
            for condition in Domain(domain).iter_conditions()
            if not self._is_stock_condition(condition)
        ]
        return ", ".join(dict.fromkeys(texts))[:MAX_TERMS]

    @api.model
    def _is_stock_condition(self, condition):
        """Whether it is the condition of the stock query itself."""
        return (
            condition.field_expr == "trade_state"
            and condition.operator == "in"
            and set(condition.value) == STOCK_STATES
        )

    @api.model
    def _get_condition_text(self, condition):
        name = condition.field_expr.split(".")[0]
        description = self.fields_get([name]).get(name, {})
        values = condition.value
        if isinstance(values, str) or not hasattr(values, "__iter__"):
            values = [values]
        shown = " / ".join(self._get_value_text(description, value) for value in values)
        sign = "" if condition.operator in ("=", "in") else f"{condition.operator} "
        sign = "" if condition.operator.endswith("like") else sign
        return f"{description.get('string', name)}: {sign}{shown}"

    @api.model
    def _get_value_text(self, description, value):
        if isinstance(value, int) and description.get("relation"):
            return self.env[description["relation"]].browse(value).display_name
        return dict(description.get("selection") or ()).get(value) or str(value)
