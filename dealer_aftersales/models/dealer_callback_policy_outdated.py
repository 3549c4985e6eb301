# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# The cycle becomes free, so that the call is made again when its reason comes back.
CANCEL_OUTDATED = """
    WITH source AS (%(source)s)
    UPDATE dealer_callback c
       SET state = 'cancelled', cycle_key = 'undone ' || c.id, event_key = NULL,
           write_date = now() at time zone 'UTC'
     WHERE %(waiting)s
       AND NOT EXISTS (
           SELECT 1 FROM source s
            WHERE s.source_id = c.source_id AND s.partner_id = c.partner_id
              AND (%(cycle)s <> 'date' OR s.source_date::text = c.cycle_key)
              AND NOT %(sold)s)
"""
WAITING = """
    c.policy_id = %(policy)s AND c.company_id = %(company)s AND c.state = 'planned'
    AND c.attempt_count = 0 AND c.round_id IS NULL
"""


class DealerCallbackPolicy(models.Model):
    """Reminders and greetings whose reason is gone before anybody called.

    The customer came by himself, sold the car, left the segment, the date moved:
    nobody calls about it. Calls that are owed to a customer stay, and so the number
    due in a month.
    """

    _inherit = "dealer.callback.policy"

    def _cancel_outdated(self, company):
        """:return: how many planned callbacks of the branch were cancelled"""
        self.ensure_one()
        if self._is_duty():
            return 0
        self.env.flush_all()
        waiting = SQL(WAITING, policy=self.id, company=company.id)
        planned = SQL("(SELECT c.source_id FROM dealer_callback c WHERE %s)", waiting)
        source = self._get_source_query(
            company,
            company._get_dealer_today(),
            self._get_source_domain() & Domain("id", "in", planned),
            is_dated=False,
        )
        if source is None:
            return 0
        self.env.cr.execute(
            SQL(
                CANCEL_OUTDATED,
                source=source,
                waiting=waiting,
                cycle=self.cycle,
                sold=self._get_row_refusals()["sold"],
            )
        )
        if self.env.cr.rowcount:
            self.env["dealer.callback"].invalidate_model(flush=False)
        return self.env.cr.rowcount
