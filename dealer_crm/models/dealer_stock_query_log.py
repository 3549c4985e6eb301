# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models


class DealerStockQueryLog(models.Model):
    """Who asked the stock of cars for what, and how many cars answered.

    What is asked for and not there is what the showroom should order.
    """

    _name = "dealer.stock.query.log"
    _description = "Stock Query Log"
    _order = "create_date desc, id desc"
    _rec_name = "terms"

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, readonly=True, index=True
    )
    date = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    terms = fields.Char("Searched for", readonly=True)
    result_count = fields.Integer("Cars found", readonly=True, aggregator="avg")

    @api.autovacuum
    def _gc_stock_queries(self):
        """Forget what is older than the branch keeps it; 0 days: keep."""
        limit, more = 10000, False
        for company in self.env["res.company"].search(
            [("stock_query_log_days", ">", 0)]
        ):
            kept = relativedelta(days=company.stock_query_log_days)
            old = self.search(
                [
                    ("company_id", "=", company.id),
                    ("date", "<", fields.Datetime.now() - kept),
                ],
                limit=limit,
            )
            old.unlink()
            more = more or len(old) == limit
        return 0, int(more)
