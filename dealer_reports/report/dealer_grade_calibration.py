# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL


class DealerGradeCalibration(models.Model):
    """What grades promised and what came of it: one row per decision.

    A grade with a window says "buys within so many days". Counted are decisions whose
    window has passed or whose lead was won before; a lead that was graded twice stands
    here twice, as two promises.
    """

    _name = "dealer.grade.calibration"
    _description = "Promised and Sold"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "lead_id"
    _depends = {
        "dealer.grade.log": [
            "lead_id",
            "grade_to_id",
            "consultant_id",
            "company_id",
            "date",
            "decision",
        ],
        "dealer.grade": ["window_to", "is_order"],
        "crm.lead": ["won_status", "date_closed"],
    }

    lead_id = fields.Many2one("crm.lead", readonly=True)
    grade_id = fields.Many2one("dealer.grade", readonly=True)
    consultant_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    date = fields.Datetime("Graded on", readonly=True)
    is_kept = fields.Boolean("Bought in Time", readonly=True)
    kept_count = fields.Integer("Bought in Time (count)", readonly=True)
    kept_share = fields.Float("Bought in Time (share)", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT p.*, p.is_kept::int AS kept_count,
                   p.is_kept::int::float AS kept_share
              FROM (
                SELECT l.id, l.lead_id, l.grade_to_id AS grade_id, l.consultant_id,
                       l.company_id, l.date,
                       COALESCE(lead.won_status = 'won' AND lead.date_closed >= l.date
                            AND lead.date_closed
                                < l.date + make_interval(days => g.window_to + 1),
                            false) AS is_kept,
                       l.date + make_interval(days => g.window_to + 1)
                            < now() AT TIME ZONE 'UTC' AS is_over
                  FROM dealer_grade_log l
                  JOIN dealer_grade g ON g.id = l.grade_to_id
                  JOIN crm_lead lead ON lead.id = l.lead_id
                 WHERE l.decision IN ('change', 'keep')
                   AND g.window_to > 0 AND NOT COALESCE(g.is_order, false)
              ) p
             WHERE p.is_over OR p.is_kept
            """
        )

    def action_open_lead(self):
        """The lead of this promise."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "views": [(False, "form")],
        }
