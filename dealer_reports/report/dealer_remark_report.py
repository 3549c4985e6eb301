# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

#: the day of a moment at the branch
DAY = "(t.{} AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(zone.name, 'UTC'))::date"
#: (source, its model, the day of the remark)
SOURCES = (
    (
        "callback",
        "dealer.callback",
        f"COALESCE({DAY.format('date_done')}, t.date_due)",
    ),
    ("complaint", "dealer.complaint", DAY.format("date_received")),
    ("contact", "dealer.contact", DAY.format("date")),
)


class DealerRemarkReport(models.Model):
    """What customers named, by tag: a line per tag and remark (SAT-11).

    From callbacks, complaints and the contact ledger, set by hand or by a keyword
    rule. An attempt's note and the remark of its callback are two remarks.
    """

    _name = "dealer.remark.report"
    _description = "Remark of a Customer"
    _auto = False
    _order = "date desc, id"
    _rec_name = "issue_id"
    _depends = {
        "dealer.callback": ["issue_ids", "date_done", "date_due", "company_id"],
        "dealer.complaint": ["issue_ids", "date_received", "company_id"],
        "dealer.contact": ["issue_ids", "date", "company_id"],
        "dealer.callback.issue": ["sentiment"],
        "dealer.remark.match": ["model", "res_id", "issue_id"],
    }

    source = fields.Selection(
        [
            ("callback", "Callback"),
            ("complaint", "Complaint"),
            ("contact", "Logged Contact"),
        ],
        readonly=True,
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", readonly=True, aggregator=None
    )
    issue_id = fields.Many2one("dealer.callback.issue", "Tag", readonly=True)
    sentiment = fields.Selection(
        selection=lambda self: (
            self.env["dealer.callback.issue"]
            ._fields["sentiment"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    is_by_rule = fields.Boolean("Set by a Rule", readonly=True)
    date = fields.Date(readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_model_id = fields.Many2one("fleet.vehicle.model", "Model", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        return SQL(
            """
            WITH zone AS (
                SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                           AS z(company, name)
            ) %(sources)s
            """,
            **companies._get_branch_zones(),
            sources=SQL(" UNION ALL ").join(
                self._get_source_sql(number, *source)
                for number, source in enumerate(SOURCES)
            ),
        )

    def _get_source_sql(self, number, source, model, date):
        field = self.env[model]._fields["issue_ids"]
        return SQL(
            """
            SELECT (t.id::bigint * 10000 + i.id) * 3 + %(number)s AS id,
                   %(source)s AS source, %(model)s AS res_model, t.id AS res_id,
                   i.id AS issue_id, i.sentiment, m.id IS NOT NULL AS is_by_rule,
                   %(date)s AS date, t.partner_id, v.model_id AS vehicle_model_id,
                   t.company_id
              FROM %(relation)s rel
              JOIN %(table)s t ON t.id = rel.%(record)s
              JOIN dealer_callback_issue i ON i.id = rel.%(tag)s
         LEFT JOIN zone ON zone.company = t.company_id
         LEFT JOIN fleet_vehicle v ON v.id = t.vehicle_id
         LEFT JOIN dealer_remark_match m ON m.model = %(model)s
               AND m.res_id = t.id AND m.issue_id = i.id
            """,
            number=number,
            source=source,
            model=model,
            date=SQL(date),
            relation=SQL.identifier(field.relation),
            table=SQL.identifier(self.env[model]._table),
            record=SQL.identifier(field.column1),
            tag=SQL.identifier(field.column2),
        )

    def action_open_record(self):
        """The callback, complaint or contact the remark stands on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
