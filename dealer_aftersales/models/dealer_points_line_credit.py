# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .dealer_points_line_job import INSERT, MATCHED, OWNER, SYSTEM

# What a note should have taken against what it took. ``wanted`` leaves out what was set
# against an invoice: that counts there.
TAKE_BACK = f"""
    WITH {MATCHED}, known AS (
        SELECT split_part(source_key, ':', 2)::integer AS note_id,
               -sum(points) AS taken, count(*) AS rows, max(reference) AS reference,
               (array_agg(amount_per_point ORDER BY id))[1] AS rate,
               (array_agg(partner_id ORDER BY id DESC))[1] AS holder_id
          FROM dealer_points_line
         WHERE company_id = %(company)s AND source_key LIKE 'credit:%%'
      GROUP BY 1
    ), asked AS (
        SELECT note_id FROM known
         UNION
        SELECT id FROM account_move
         WHERE company_id = %(company)s AND move_type = 'out_refund'
           AND state = 'posted' AND reversed_entry_id IS NULL
           AND invoice_date >= %(start)s
    ), state AS (
        SELECT asked.note_id, m.id AS move_id, m.invoice_date,
               COALESCE(m.name, k.reference) AS name,
               COALESCE(k.taken, 0) AS taken, COALESCE(k.rows, 0) AS rows,
               CASE WHEN k.taken <> 0 THEN k.holder_id ELSE o.id END AS partner_id,
               COALESCE(k.rate, %(rate)s)::numeric AS rate,
               CASE WHEN m.move_type = 'out_refund' AND m.state = 'posted'
                         AND m.reversed_entry_id IS NULL
                    THEN abs(m.amount_total_signed) - COALESCE(s.amount, 0)
                    ELSE 0 END AS amount
          FROM asked
     LEFT JOIN account_move m ON m.id = asked.note_id AND m.company_id = %(company)s
          {OWNER}
     LEFT JOIN known k ON k.note_id = asked.note_id
     LEFT JOIN (SELECT note_id, sum(amount) AS amount FROM matched GROUP BY 1) s
            ON s.note_id = asked.note_id
    ), wish AS (
        SELECT state.*, floor(round(amount / rate, 6)) AS wanted FROM state
    ), open AS (
        SELECT wish.*, owned.points AS owned,
               sum(wanted) OVER (PARTITION BY partner_id ORDER BY note_id) - wanted
                   AS before
          FROM wish
    CROSS JOIN LATERAL (
               SELECT COALESCE(sum(l.points), 0) - COALESCE(sum(l.points) FILTER (
                          WHERE l.points > 0
                            AND COALESCE(paper.invoice_date, l.date) > wish.invoice_date
                      ), 0) AS points
                 FROM dealer_points_line l
            LEFT JOIN account_move paper ON paper.id = l.move_id
                WHERE l.partner_id = wish.partner_id AND l.company_id = %(company)s
               ) owned
         WHERE wish.taken = 0 AND wish.wanted > 0
    ), due AS (
        SELECT note_id, move_id, name, rows, partner_id, rate,
               -LEAST(wanted, GREATEST(0, owned - before))::integer AS points
          FROM open
         UNION ALL
        SELECT note_id, move_id, name, rows, partner_id, rate,
               (taken - wanted)::integer
          FROM wish WHERE taken > wanted
    )
    {INSERT}
    SELECT partner_id, points, CASE WHEN points < 0 THEN 'refund' ELSE 'returned' END,
           move_id, name, rate, 'credit:' || note_id
               || CASE WHEN rows = 0 THEN '' ELSE ':' || rows END, {SYSTEM}
      FROM due WHERE points <> 0
  ORDER BY note_id LIMIT %(limit)s
    ON CONFLICT (source_key) DO NOTHING
"""


class DealerPointsLine(models.Model):
    """Credit notes typed by hand: nobody says which invoice they are for.

    What accounting sets against an invoice counts as a refund of that invoice. The
    rest takes points once, by the rate in force, from those the customer had on the
    day of the note and still has: never below zero, and nothing that he earns later.
    A note that is undone, or set against an invoice later, gives them back.
    """

    _inherit = "dealer.points.line"

    @api.model
    def _get_queries(self):
        return [*super()._get_queries(), TAKE_BACK]
