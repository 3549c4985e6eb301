# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL

BATCH = 5000

# Credit notes typed by hand that accounting set against an invoice: what of them.
MATCHED = """
    matched AS (
        SELECT note.id AS note_id, debit.move_id AS invoice_id, note.name,
               sum(part.amount) AS amount
          FROM account_move note
          JOIN account_move_line credit ON credit.move_id = note.id
          JOIN account_partial_reconcile part ON part.credit_move_id = credit.id
          JOIN account_move_line debit ON debit.id = part.debit_move_id
          JOIN account_move invoice ON invoice.id = debit.move_id
         WHERE note.company_id = %(company)s AND note.move_type = 'out_refund'
           AND note.state = 'posted' AND note.reversed_entry_id IS NULL
           AND invoice.move_type = 'out_invoice'
      GROUP BY note.id, debit.move_id
    )
"""

# Whose a paper is: an address for invoices is the customer's it belongs to.
OWNER = """
     LEFT JOIN res_partner p ON p.id = m.partner_id
     LEFT JOIN res_partner o ON o.id = CASE
               WHEN p.type IN ('invoice', 'delivery', 'other')
               THEN COALESCE(p.parent_id, p.id) ELSE p.id END
"""

INSERT = """
    INSERT INTO dealer_points_line (
           partner_id, points, kind, move_id, reference, amount_per_point, source_key,
           company_id, date, user_id, create_uid, create_date, write_uid, write_date)
"""
SYSTEM = """
           %(company)s, %(today)s, %(uid)s, %(uid)s, now() at time zone 'UTC',
           %(uid)s, now() at time zone 'UTC'
"""

# What each invoice is worth now against the rows it has; a second run finds nothing.
# Paid is asked of the books as they are; nothing of ours stands in their way.
BOOK = f"""
    WITH {MATCHED}, known AS (
        SELECT split_part(source_key, ':', 2)::integer AS invoice_id,
               sum(points) AS booked, count(*) AS rows, max(reference) AS reference,
               (array_agg(amount_per_point ORDER BY id))[1] AS rate,
               (array_agg(partner_id ORDER BY id DESC))[1] AS holder_id
          FROM dealer_points_line
         WHERE company_id = %(company)s AND source_key LIKE 'invoice:%%'
      GROUP BY 1
    ), credited AS (
        SELECT invoice_id, sum(amount) AS amount,
               string_agg(DISTINCT name, ', ') AS names
          FROM (SELECT reversed_entry_id AS invoice_id, name,
                       abs(amount_total_signed) AS amount
                  FROM account_move
                 WHERE company_id = %(company)s AND move_type = 'out_refund'
                   AND state = 'posted' AND reversed_entry_id IS NOT NULL
             UNION ALL SELECT invoice_id, name, amount FROM matched) note
      GROUP BY invoice_id
    ), asked AS (
        SELECT invoice_id FROM known
         UNION
        SELECT id FROM account_move
         WHERE company_id = %(company)s AND move_type = 'out_invoice'
           AND state = 'posted' AND payment_state IN ('paid', 'in_payment')
           AND invoice_date >= %(start)s AND amount_total_signed >= %(rate)s
    ), state AS (
        SELECT asked.invoice_id, m.id AS move_id, o.id AS owner_id, k.holder_id,
               COALESCE(m.name, k.reference) AS name, c.names,
               COALESCE(k.booked, 0) AS booked, COALESCE(k.rows, 0) AS rows,
               COALESCE(k.rate, %(rate)s)::numeric AS rate,
               m.amount_total_signed AS total, COALESCE(c.amount, 0) AS credited,
               m.move_type = 'out_invoice' AND m.state = 'posted'
                   AND m.payment_state IN ('paid', 'in_payment')
                   AND m.amount_total_signed > 0 AS is_paid,
               CASE WHEN COALESCE(k.booked, 0) <> 0
                    THEN h.commercial_partner_id = p.commercial_partner_id
                    ELSE o.file_state IS NOT NULL AND o.is_restricted IS NOT TRUE
                    END AS is_owner
          FROM asked
     LEFT JOIN account_move m
            ON m.id = asked.invoice_id AND m.company_id = %(company)s
          {OWNER}
     LEFT JOIN known k ON k.invoice_id = asked.invoice_id
     LEFT JOIN res_partner h ON h.id = k.holder_id
     LEFT JOIN credited c ON c.invoice_id = asked.invoice_id
    ), worth AS (
        SELECT state.*, CASE WHEN is_paid AND is_owner
                             THEN floor(round(total / rate, 6)) ELSE 0 END AS earned
          FROM state
    ), due AS (
        SELECT worth.*, (earned - booked
               - CASE WHEN earned > 0
                      THEN LEAST(earned, round(earned * credited / total))
                      ELSE 0 END)::integer AS points
          FROM worth
    )
    {INSERT}
    SELECT CASE WHEN booked = 0 THEN owner_id ELSE holder_id END, points,
           CASE WHEN points < 0 AND credited > 0 THEN 'refund'
                WHEN points < 0 THEN 'undone'
                WHEN booked = 0 THEN 'invoice' ELSE 'returned' END,
           move_id, CASE WHEN points < 0 THEN COALESCE(names, name) ELSE name END,
           rate, 'invoice:' || invoice_id
               || CASE WHEN rows = 0 THEN '' ELSE ':' || rows END, {SYSTEM}
      FROM due WHERE points <> 0
  ORDER BY invoice_id LIMIT %(limit)s
    ON CONFLICT (source_key) DO NOTHING
"""


class DealerPointsLine(models.Model):
    """Points for paid invoices, by a job: posting and paying never wait for them.

    Each run compares what an invoice is worth now with the rows it has, and books the
    difference: a payment undone, a credit note or one set back to draft, an invoice
    cancelled, deleted, posted again or for somebody else. The rate of the first row
    stays. Points stay with who got them as long as the invoice is his or his firm's.
    """

    _inherit = "dealer.points.line"

    @api.model
    def _cron_book_points(self):
        """Book what was paid, refunded or undone; safe to run twice or to stop."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            made = BATCH
            while made >= BATCH:
                made = 0
                with reported("Points", company):
                    made = self._book_company(company)
                if not cron._commit_progress(made):
                    return

    @api.model
    def _book_company(self, company, limit=BATCH):
        """:return: how many lines the branch's ledger got"""
        settings = company.sudo()
        if settings.points_system != "own" or settings.points_amount <= 0:
            return 0
        self.env.flush_all()
        values = {
            "company": company.id,
            "today": company._get_dealer_today(),
            "rate": settings.points_amount,
            "start": settings.points_start or company._get_dealer_today(),
            "uid": self.env.uid,
            "limit": limit,
        }
        made = 0
        for query in self._get_queries():
            self.env.cr.execute(SQL(query, **values))
            made += self.env.cr.rowcount
        self.invalidate_model(flush=False)
        return made

    @api.model
    def _get_queries(self):
        """Statements that bring the ledger of a branch up to date, in this order."""
        return [BOOK]
