# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

LOAD = """
    SELECT c.company_id * 1000000 + COALESCE(w.user_id, 0) AS id,
           c.company_id, w.user_id,
           count(*) FILTER (WHERE w.is_open AND c.is_due) AS open_today,
           count(*) FILTER (WHERE w.is_open AND c.is_late) AS late,
           count(*) FILTER (WHERE w.is_open) AS open_all,
           count(*) FILTER (WHERE NOT w.is_open AND c.is_done_today) AS done_today,
           count(*) FILTER (WHERE NOT w.is_open AND c.is_done_today
                              AND c.state = 'reached') AS reached_today,
           count(*) FILTER (WHERE NOT w.is_open AND c.is_done_month) AS done_month,
           count(*) FILTER (WHERE NOT w.is_open AND c.is_done_month
                              AND c.state = 'reached') AS reached_month
      FROM (SELECT b.id, b.company_id, b.state, b.user_id, b.done_user_id,
                   CASE WHEN b.date_promised IS NULL THEN b.date_due <= d.today
                        ELSE b.date_promised < d.day_end END AS is_due,
                   CASE WHEN b.date_promised IS NULL THEN b.date_window_end < d.today
                        ELSE b.date_promised < %(now)s END AS is_late,
                   b.date_done >= d.day_start AS is_done_today,
                   b.date_done >= d.month_start AS is_done_month
              FROM dealer_callback b
              JOIN (SELECT * FROM unnest(
                        %(companies)s::int[], %(days)s::date[],
                        %(day_starts)s::timestamp[], %(day_ends)s::timestamp[],
                        %(month_starts)s::timestamp[])
                    AS x(company_id, today, day_start, day_end, month_start)) d
                ON d.company_id = b.company_id
             WHERE b.state = 'planned'
                OR (b.state IN ('reached', 'not_reached')
                    AND b.date_done >= d.month_start)) c
     CROSS JOIN LATERAL (
           SELECT c.state = 'planned' AS is_open,
                  CASE WHEN c.state = 'planned' THEN c.user_id
                       ELSE COALESCE(c.done_user_id, c.user_id) END AS user_id) w
     GROUP BY c.company_id, w.user_id
"""


class DealerCallerLoad(models.Model):
    """Calls per caller: what waits, what is late, what was done (CB-02).

    One row per branch and caller, and one for the calls nobody has.
    """

    _name = "dealer.caller.load"
    _description = "Workload of Callers"
    _auto = False
    _order = "late desc, open_today desc, id"
    _rec_name = "user_id"
    _depends = {
        "dealer.callback": [
            "company_id",
            "state",
            "user_id",
            "done_user_id",
            "date_due",
            "date_done",
            "date_promised",
            "date_window_end",
        ]
    }

    user_id = fields.Many2one("res.users", "Caller", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    open_today = fields.Integer(readonly=True)
    late = fields.Integer(readonly=True)
    open_all = fields.Integer("All Open", readonly=True)
    done_today = fields.Integer(readonly=True)
    reached_today = fields.Integer(readonly=True)
    done_month = fields.Integer("Done this Month", readonly=True)
    reached_month = fields.Integer("Reached this Month", readonly=True)

    @api.depends("user_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.user_id.name or self.env._("Nobody")

    @property
    def _table_query(self):
        companies = self.env.companies
        today = [company._get_dealer_today() for company in companies]
        pairs = list(zip(companies, today, strict=True))
        ends = [self.env["dealer.callback"]._get_day_end(c) for c in companies]
        return SQL(
            LOAD,
            companies=companies.ids,
            days=today,
            now=fields.Datetime.now(),
            day_starts=[c._get_dealer_day_start(day) for c, day in pairs],
            day_ends=ends,
            month_starts=[c._get_dealer_day_start(d.replace(day=1)) for c, d in pairs],
        )

    def action_view_open(self):
        """The open calls behind this row."""
        return self._open_callbacks(Domain("state", "=", "planned"))

    def action_view_late(self):
        """The late calls behind this row."""
        return self._open_callbacks(Domain("is_late", "=", True))

    def _open_callbacks(self, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        own = Domain("user_id", "=", self.user_id.id)
        own &= Domain("company_id", "=", self.company_id.id)
        action["domain"] = list(domain & own)
        action["context"] = {}
        return action
