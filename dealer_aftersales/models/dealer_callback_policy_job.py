# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta
from operator import itemgetter

from odoo import fields, models
from odoo.tools import SQL
from psycopg2 import OperationalError

from .dealer_callback_policy_days import CALENDAR_CYCLES

_logger = logging.getLogger(__name__)

BATCH = 2000

# What is there already is looked up row by row in the unique indexes: the planner has
# no statistics on rows that this very job has just written, and any other join would
# grow with their square.
DUE = """
    WITH source AS (%(source)s), due AS (
        SELECT s.*, (s.source_date + %(offset)s) AS date_due,
               %(cycle)s AS cycle_key, %(event)s AS event_key
          FROM source s
         WHERE s.source_date IS NOT NULL AND s.partner_id IS NOT NULL
    )
"""
KNOWN = """
      LEFT JOIN LATERAL (
           SELECT c.id
             FROM dealer_callback c
            WHERE c.policy_id = %(policy)s
              AND c.source_id = s.source_id
              AND c.cycle_key = s.cycle_key
            LIMIT 1) known ON TRUE
      LEFT JOIN LATERAL (
           SELECT c.id
             FROM dealer_callback c
            WHERE c.partner_id = s.partner_id
              AND c.event_key = s.event_key
            LIMIT 1) greeted ON s.event_key IS NOT NULL
"""
INSERT_DUE = f"""
    {DUE}
    INSERT INTO dealer_callback (
        policy_id, source_id, cycle_key, event_key, partner_id, vehicle_id, repair_id,
        sale_order_id, company_id, date_due, date_window_end, state, user_id,
        attempt_count, purpose, channel, is_answered, is_successful,
        create_uid, create_date, write_uid, write_date)
    SELECT %(policy)s, s.source_id, s.cycle_key, s.event_key, s.partner_id,
           s.vehicle_id, s.repair_id, s.sale_order_id, %(company)s,
           s.date_due, s.date_due + %(window)s, 'planned', %(caller)s,
           0, %(purpose)s, %(channel)s, FALSE, FALSE,
           %(uid)s, now() at time zone 'UTC', %(uid)s,
           now() at time zone 'UTC'
      FROM due s
      {KNOWN}
     WHERE s.date_due BETWEEN %(first)s AND %(last)s
       AND s.source_id > %(after)s
       AND known.id IS NULL AND greeted.id IS NULL
       AND %(wanted)s
     ORDER BY s.source_id
     LIMIT %(limit)s
    ON CONFLICT DO NOTHING
    RETURNING id, source_id
"""


class DealerCallbackPolicy(models.Model):
    """The nightly job: due sources become callbacks, set-based and restartable.

    The unique index on policy, source and cycle refuses doubles, whoever runs the
    job, how often and on how many workers.
    """

    _inherit = "dealer.callback.policy"

    def _cron_make_callbacks(self):
        """Close what is over, then make what is due, in committed batches.

        A policy that fails is reported on its form and skipped; the others go on.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.env["dealer.callback"]._close_finished(company)
        # A run may end early: whose turn was longest ago comes first.
        order = "last_run nulls first, sequence, id"
        policies = self.search([("active", "=", True)], order=order)
        cron._commit_progress(remaining=len(policies))
        for left, policy in zip(range(len(policies), 0, -1), policies, strict=True):
            errors = []
            for company in policy._get_companies():
                policy._run_step("_cancel_outdated", company, errors)
                made = policy._run_batch(company, errors)
                while len(made) == BATCH:
                    if not cron._commit_progress(BATCH, remaining=left):
                        return
                    made = policy._run_batch(company, errors, made[-1].source_id)
            policy.write(
                {
                    "last_run": fields.Datetime.now(),
                    "last_error": errors[0] if errors else False,
                }
            )
            if not cron._commit_progress(1):
                return

    def _run_batch(self, company, errors, after=0):
        """One batch in a savepoint.

        :param list errors: gets the message when the batch fails
        :param int after: source id at which the batch before ended
        :return: the callbacks made, by source id
        """
        made = self._run_step("_make_callbacks", company, errors, BATCH, after)
        return made or self.env["dealer.callback"]

    def _run_step(self, step, company, errors, *args):
        """One step in a savepoint; what fails is reported and skipped.

        :return: what the step returns, None where it failed
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                return getattr(self, step)(company, *args)
        except OperationalError:
            # Another worker was faster: whoever called tries again.
            raise
        except Exception as error:
            _logger.warning(
                "Callback policy %s failed for branch %s",
                self.id,
                company.id,
                exc_info=True,
            )
            errors.append(str(error)[:500])
        return None

    def _get_companies(self):
        """The branches this policy works for."""
        self.ensure_one()
        return self.company_id or self.env["res.company"].sudo().search(
            [("active", "=", True)]
        )

    def _make_all_callbacks(self, company):
        """All that is due at once, batch after batch; :return: how many"""
        batch = self._make_callbacks(company, BATCH)
        made = len(batch)
        while len(batch) == BATCH:
            batch = self._make_callbacks(company, BATCH, batch[-1].source_id)
            made += len(batch)
        return made

    def _make_callbacks(self, company, limit, after=0):
        """Insert the due callbacks that are not there yet, at most ``limit``.

        :param company: branch whose records and whose "today" count
        :param int after: only sources with a greater id
        :return: the new dealer.callback records, by source id
        """
        self.ensure_one()
        callbacks = self.env["dealer.callback"].sudo()
        query = self._get_insert_query(company, limit, after)
        if query is None:
            return callbacks
        self.env.flush_all()
        self.env.cr.execute(query)
        rows = sorted(self.env.cr.fetchall(), key=itemgetter(1))
        made = callbacks.browse([row[0] for row in rows])
        if made:
            callbacks.invalidate_model()
            made._after_make(self, company)
        return made

    def _get_insert_query(self, company, limit, after):
        today = company._get_dealer_today()
        domain = self._get_source_domain()
        source = self._get_source_query(company, today, domain)
        if source is None:
            return None
        return SQL(
            INSERT_DUE,
            **self._get_due_parameters(company, today, source),
            wanted=self._get_wanted_sql(company),
            window=self.window_days,
            caller=self._get_caller_sql(company),
            purpose=self.purpose,
            channel=self.channel,
            after=after,
            limit=limit,
        )

    def _get_due_parameters(self, company, today, source):
        """What the statements that look for due sources have in common."""
        return {
            "source": source,
            "offset": self.offset_days,
            "cycle": self._get_cycle_sql(),
            "event": self._get_event_sql(),
            "policy": self.id,
            "company": company.id,
            "uid": self.env.uid,
            "first": self._get_first_due(today),
            "last": today + timedelta(days=self.ahead_days),
        }

    def _get_first_due(self, today):
        """The earliest due date that still leads to a callback.

        Wishes and reminders whose days are over are not made up for: no late wishes
        for a customer filed after his birthday. What is owed to the customer is.
        """
        if self._is_duty() and self.cycle not in CALENDAR_CYCLES:
            return self.date_start
        return max(self.date_start, today - timedelta(days=self.window_days))

    def _get_event_sql(self):
        """What a person is greeted for once, whichever policies do it; NULL: nothing.

        A yearly day is the same event for all policies that look at the same field.
        """
        if self.cycle != "yearly":
            return SQL("NULL::text")
        return SQL(
            "%s || s.source_id || '/' || extract(year FROM s.source_date)::int",
            f"{self.model},{self.date_field_id.name}/",
        )

    def _get_cycle_sql(self):
        if self.cycle == "date":
            return SQL("s.source_date::text")
        if self.cycle in CALENDAR_CYCLES:
            return SQL("extract(year FROM s.source_date)::int::text")
        return SQL("''")

    def _get_caller_sql(self, company):
        """Callers take turns by the source's id: the same after every restart."""
        users = self.user_ids.filtered(lambda u: u.active and company in u.company_ids)
        if not users:
            return SQL("NULL::int")
        return SQL("(%s::int[])[1 + s.source_id %% %s]", sorted(users.ids), len(users))
