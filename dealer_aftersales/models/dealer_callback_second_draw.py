# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, models
from odoo.tools import SQL

#: Of after-service calls with a score: per caller and month (of the call, by the
#: branch's clock) the share is drawn that is missing. The order is that of a hash of
#: the number: nobody can foresee who is drawn, and a second run draws the same calls.
DRAW = """
    WITH calls AS (
        SELECT c.id, COALESCE(c.is_drawn, FALSE) AS is_drawn,
               COALESCE(c.done_user_id, c.user_id) AS caller_id,
               date_trunc('month', c.date_done AT TIME ZONE 'UTC'
                                               AT TIME ZONE %(tz)s) AS month
          FROM dealer_callback c
          JOIN dealer_callback_policy p ON p.id = c.policy_id
          JOIN ir_model m ON m.id = p.model_id AND m.model <> 'dealer.callback'
         WHERE c.company_id = %(company)s AND c.state = 'reached'
           AND c.purpose = 'after_service' AND c.is_scored
           AND c.answer_channel IS DISTINCT FROM 'link'
           AND c.date_done >= %(since)s
    ), places AS (
        SELECT id, is_drawn,
               row_number() OVER (PARTITION BY caller_id, month, is_drawn
                                      ORDER BY md5(id::text), id)
               + CASE WHEN is_drawn THEN 0
                      ELSE count(*) FILTER (WHERE is_drawn)
                           OVER (PARTITION BY caller_id, month) END AS place,
               ceil(count(*) OVER (PARTITION BY caller_id, month)
                    * %(share)s::numeric / 100) AS wanted
          FROM calls
         WHERE caller_id IS NOT NULL
    )
    UPDATE dealer_callback c
       SET is_drawn = TRUE
      FROM places
     WHERE c.id = places.id AND NOT places.is_drawn AND places.place <= places.wanted
    RETURNING c.id
"""


class DealerCallback(models.Model):
    """The draw: a share of each caller's calls is asked again by somebody else."""

    _inherit = "dealer.callback"

    @api.model
    def _cron_draw_second_calls(self):
        """Draw in every branch; one statement each, safe to repeat."""
        cron = self.env["ir.cron"]
        companies = self.env["res.company"].search([("active", "=", True)])
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self._draw_second_calls(company)
            if not cron._commit_progress(1):
                return

    @api.model
    def _draw_second_calls(self, company):
        """Draw what is missing of this month and the month before.

        :return: the dealer.callback records that were drawn
        """
        share = company.sudo().second_call_share
        if not share:
            return self.browse()
        self.flush_model()
        today = company._get_dealer_today()
        first = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
        rows = self.env.execute_query(
            SQL(
                DRAW,
                company=company.id,
                tz=company._get_dealer_tz(),
                since=company._get_dealer_day_start(first),
                share=share,
            )
        )
        self.invalidate_model(["is_drawn"], flush=False)
        return self.browse([row[0] for row in rows])
