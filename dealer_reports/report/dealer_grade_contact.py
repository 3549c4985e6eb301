# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class DealerGradeContact(models.Model):
    """How often prospects were reached in a month, against what their grade asks.

    A row for each lead and month in which the lead had the same grade from before the
    month and was open to its end; 30 days divided by the grade's interval are asked.
    The past twelve months.
    """

    _name = "dealer.grade.contact"
    _description = "Contacts per Grade"
    _auto = False
    _order = "month desc, id desc"
    _rec_name = "lead_id"
    _depends = {
        "dealer.grade.log": ["lead_id", "grade_to_id", "date", "decision"],
        "dealer.grade": ["contact_interval", "is_order"],
        "dealer.contact": ["lead_id", "date", "outcome"],
        "crm.lead": ["user_id", "company_id", "date_closed", "dormant_on"],
    }

    lead_id = fields.Many2one("crm.lead", readonly=True)
    grade_id = fields.Many2one("dealer.grade", readonly=True)
    user_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    month = fields.Date(readonly=True)
    contact_count = fields.Integer("Contacts", readonly=True)
    required_count = fields.Integer("Contacts asked for", readonly=True)
    is_met = fields.Boolean("Met", readonly=True)
    met_share = fields.Float("Met (share)", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT r.*, r.contact_count >= r.required_count AS is_met,
                   (r.contact_count >= r.required_count)::int::float AS met_share
              FROM (
                SELECT span.id * 12 + extract(month FROM m.month)::int - 1 AS id,
                       span.lead_id, g.id AS grade_id, lead.user_id, b.company_id,
                       m.month,
                       greatest(1, 30 / g.contact_interval) AS required_count,
                       (SELECT count(*) FROM dealer_contact c
                         WHERE c.lead_id = span.lead_id AND c.outcome = 'reached'
                           AND c.date >= t.starts AND c.date < t.ends
                       )::int AS contact_count
                  FROM (%(spans)s) span
                  JOIN dealer_grade g ON g.id = span.grade_to_id
                   AND NOT COALESCE(g.is_order, false)
                  JOIN crm_lead lead ON lead.id = span.lead_id
                 CROSS JOIN generate_series(
                           date_trunc('month', now()) - interval '12 months',
                           date_trunc('month', now()) - interval '1 month',
                           interval '1 month') AS s(start)
                 CROSS JOIN LATERAL (SELECT s.start::date AS month) m
                  JOIN (%(branches)s) b
                    ON b.company_id = COALESCE(lead.company_id, span.company_id)
                 CROSS JOIN LATERAL (
                    SELECT m.month::timestamp AT TIME ZONE b.tz AT TIME ZONE 'UTC'
                               AS starts,
                           (m.month + interval '1 month') AT TIME ZONE b.tz
                               AT TIME ZONE 'UTC' AS ends
                  ) t
                 WHERE span.date < t.starts
                   AND (span.until IS NULL OR span.until >= t.ends)
                   AND (lead.date_closed IS NULL OR lead.date_closed >= t.ends)
                   AND (lead.dormant_on IS NULL OR lead.dormant_on >= t.ends::date)
              ) r
            """,
            spans=self._get_spans(),
            branches=self._get_branches(),
        )

    @api.model
    def _get_spans(self):
        """From when to when a lead had a grade."""
        return SQL(
            """
            SELECT id, lead_id, grade_to_id, company_id, date,
                   lead(date) OVER (PARTITION BY lead_id ORDER BY date, id) AS until
              FROM dealer_grade_log
             WHERE decision = 'change'
            """
        )

    @api.model
    def _get_branches(self):
        """Time zone of each branch: its months begin at its own midnight."""
        branches = self.env["res.company"]._get_all_branches()
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::text[]) AS z(company_id, tz)",
            branches.ids,
            [branch._get_dealer_tz() for branch in branches],
        )

    def action_open_lead(self):
        """The lead that was or was not reached as often as its grade asks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "views": [(False, "form")],
        }


class DealerKpi(models.Model):
    _inherit = "dealer.kpi"

    @api.model
    def _get_countable_models(self):
        return super()._get_countable_models() | {"dealer.grade.contact"}
