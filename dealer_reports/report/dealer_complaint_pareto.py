# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.addons.dealer_aftersales.tools.complaint import FEEDBACK_KINDS
from odoo.tools import SQL

MONTHS = 12

# Ties keep the order of the tree, so that the same figures print the same list.
QUERY = """
    WITH counted AS (
        SELECT %(cause)s AS cause_id, count(*) AS amount,
               count(*) FILTER (WHERE c.is_repeat) AS repeated,
               sum(COALESCE(c.goodwill_amount, 0)) AS goodwill
          FROM dealer_complaint c
          JOIN dealer_cause k ON k.id = c.cause_id
         WHERE c.company_id = ANY(%(companies)s) AND c.state != 'withdrawn'
           AND c.kind NOT IN %(feedback)s AND c.date_received >= %(since)s
         GROUP BY 1
    )
    SELECT k.id, k.id AS cause_id, k.kind, n.amount::int AS complaint_count,
           n.repeated::int AS repeat_count, n.goodwill AS goodwill_amount,
           row_number() OVER ranking::int AS position,
           n.amount / sum(n.amount) OVER ()::float AS share,
           sum(n.amount) OVER ranking / sum(n.amount) OVER ()::float AS share_sum
      FROM counted n
      JOIN dealer_cause k ON k.id = n.cause_id
    WINDOW ranking AS (ORDER BY n.amount DESC, k.sequence, k.id
                       ROWS UNBOUNDED PRECEDING)
"""


class DealerComplaintPareto(models.Model):
    """Causes of complaints by how often they came up: a line per cause (CMP-02).

    Counted over the chosen branches and the months of ``pareto_months`` in the
    context (12; 0: all); ``pareto_top`` sums up the main causes of the tree.
    Complaints whose cause is not known yet are not in it.
    """

    _name = "dealer.complaint.pareto"
    _description = "Causes of Complaints"
    _auto = False
    _order = "position"
    _rec_name = "cause_id"
    _depends = {
        "dealer.complaint": [
            "cause_id",
            "company_id",
            "date_received",
            "goodwill_amount",
            "is_repeat",
            "kind",
            "state",
        ],
        "dealer.cause": ["kind", "parent_path", "sequence"],
    }

    position = fields.Integer("No.", readonly=True, aggregator=None)
    cause_id = fields.Many2one("dealer.cause", readonly=True)
    kind = fields.Selection(
        selection=lambda self: self._get_cause_kinds(), readonly=True
    )
    complaint_count = fields.Integer("Complaints", readonly=True)
    repeat_count = fields.Integer("of these repeated", readonly=True)
    goodwill_amount = fields.Float("Cost of Goodwill", readonly=True)
    share = fields.Float(readonly=True)
    share_sum = fields.Float("Cumulated Share", readonly=True, aggregator="max")

    def _get_cause_kinds(self):
        field = self.env["dealer.cause"]._fields["kind"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        top = SQL("split_part(k.parent_path, '/', 1)::int")
        is_top = self.env.context.get("pareto_top")
        return SQL(
            QUERY,
            cause=top if is_top else SQL("c.cause_id"),
            companies=self.env.companies.ids,
            feedback=FEEDBACK_KINDS,
            since=self._get_since(),
        )

    def _get_since(self):
        """UTC moment from which complaints count."""
        months = int(self.env.context.get("pareto_months", MONTHS))
        company = self.env.company
        if not months:
            return company._get_dealer_day_start(date(1990, 1, 1))
        day = company._get_dealer_today() - relativedelta(months=months)
        return company._get_dealer_day_start(day)

    def action_open_complaints(self):
        """The complaints behind this line.

        :return: action with the same conditions as the figure
        """
        self.ensure_one()
        operator = "child_of" if self.env.context.get("pareto_top") else "="
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_complaint_action_all"
        )
        action["domain"] = [
            ("cause_id", operator, self.cause_id.id),
            ("company_id", "in", self.env.companies.ids),
            ("kind", "not in", list(FEEDBACK_KINDS)),
            ("state", "!=", "withdrawn"),
            ("date_received", ">=", fields.Datetime.to_string(self._get_since())),
        ]
        action["context"] = {"create": False}
        return action
