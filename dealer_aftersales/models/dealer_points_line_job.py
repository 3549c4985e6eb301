# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL

BATCH = 5000

# Paid is asked of the books as they are; nothing of ours stands in their way.
EARN = """
    INSERT INTO dealer_points_line (
           partner_id, company_id, date, points, kind, move_id, reference, source_key,
           user_id, create_uid, create_date, write_uid, write_date)
    SELECT m.partner_id, m.company_id, %(today)s,
           floor(round(m.amount_total_signed / %(rate)s, 6)), 'invoice', m.id, m.name,
           'invoice:' || m.id, %(uid)s, %(uid)s, now() at time zone 'UTC', %(uid)s,
           now() at time zone 'UTC'
      FROM account_move m
      JOIN res_partner p ON p.id = m.partner_id
     WHERE m.company_id = %(company)s AND m.move_type = 'out_invoice'
       AND m.state = 'posted' AND m.payment_state IN ('paid', 'in_payment')
       AND m.invoice_date >= %(start)s
       AND p.file_state IS NOT NULL AND p.is_restricted IS NOT TRUE
       AND m.amount_total_signed >= %(rate)s
       AND NOT EXISTS (SELECT FROM dealer_points_line known
                        WHERE known.source_key = 'invoice:' || m.id)
  ORDER BY m.id LIMIT %(limit)s
    ON CONFLICT (source_key) DO NOTHING
"""

# The share of the invoice that was refunded; an invoice cancelled later: all of it.
TAKE_BACK = """
    INSERT INTO dealer_points_line (
           partner_id, company_id, date, points, kind, move_id, reference, source_key,
           user_id, create_uid, create_date, write_uid, write_date)
    SELECT due.partner_id, due.company_id, %(today)s, -due.points, 'refund', due.id,
           due.name, due.key, %(uid)s, %(uid)s, now() at time zone 'UTC', %(uid)s,
           now() at time zone 'UTC'
      FROM (SELECT l.partner_id, l.company_id, r.id, r.name,
                   'refund:' || r.id AS key,
                   LEAST(l.points, round(l.points * abs(r.amount_total_signed)
                                         / NULLIF(m.amount_total_signed, 0))) AS points
              FROM dealer_points_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN account_move r ON r.reversed_entry_id = m.id
             WHERE l.kind = 'invoice' AND l.company_id = %(company)s
               AND r.move_type = 'out_refund' AND r.state = 'posted'
             UNION ALL
            SELECT l.partner_id, l.company_id, m.id, m.name,
                   'cancel:' || m.id, l.points
              FROM dealer_points_line l
              JOIN account_move m ON m.id = l.move_id
             WHERE l.kind = 'invoice' AND l.company_id = %(company)s
               AND m.state = 'cancel') due
     WHERE due.points > 0
       AND NOT EXISTS (SELECT FROM dealer_points_line known
                        WHERE known.source_key = due.key)
  ORDER BY due.id LIMIT %(limit)s
    ON CONFLICT (source_key) DO NOTHING
"""


class DealerPointsLine(models.Model):
    """Points for paid invoices, by a job: posting and paying never wait for them."""

    _inherit = "dealer.points.line"

    @api.model
    def _cron_book_points(self):
        """Book what was paid and refunded; safe to run twice or to stop."""
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
        for query in (EARN, TAKE_BACK):
            self.env.cr.execute(SQL(query, **values))
            made += self.env.cr.rowcount
        self.invalidate_model(flush=False)
        return made
