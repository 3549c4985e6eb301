# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)

#: The reached calls of a branch on one day and the day's calls before them, with what
#: was answered. Those of customers who answered by themselves are nobody's calls.
CALLS = """
    SELECT c.id, c.date_done, COALESCE(c.done_user_id, c.user_id) AS user_id,
           NULLIF(lower(regexp_replace(COALESCE(c.remark, ''), '\\s+', '', 'g')), '')
               AS remark,
           a.pattern, a.is_top
      FROM dealer_callback c
      LEFT JOIN LATERAL (
           SELECT string_agg(l.question_id || ':' || l.value_scale, ','
                                 ORDER BY l.question_id) AS pattern,
                  bool_and(l.value_scale = q.scale_max) AS is_top
             FROM survey_user_input_line l
             JOIN survey_question q ON q.id = l.question_id
            WHERE l.user_input_id = c.user_input_id AND q.question_type = 'scale'
              AND NOT COALESCE(l.skipped, FALSE)) a ON TRUE
     WHERE c.company_id = %(company)s AND c.state = 'reached'
       AND c.answer_channel IS DISTINCT FROM 'link'
       AND COALESCE(c.done_user_id, c.user_id) IS NOT NULL
       AND c.date_done >= %(start)s AND c.date_done < %(end)s
"""
#: Runs: neighbouring calls of a caller with the same key; NULL keys end a run.
RUNS = """
    SELECT user_id, array_agg(id ORDER BY date_done, id), min(key)
      FROM (SELECT calls.*,
                   row_number() OVER (PARTITION BY user_id ORDER BY date_done, id)
                   - row_number() OVER (PARTITION BY user_id, key
                                            ORDER BY date_done, id) AS run
              FROM (SELECT x.*, %(key)s AS key FROM (%(calls)s) x) calls) runs
     WHERE key IS NOT NULL
     GROUP BY user_id, key, run
    HAVING count(*) >= %(least)s
     ORDER BY user_id, min(date_done)
"""
#: Calls that lie in a minute with so many closed calls.
FAST = """
    WITH calls AS (%(calls)s), dense AS (
        SELECT user_id, date_done
          FROM (SELECT user_id, date_done,
                       count(*) OVER (PARTITION BY user_id ORDER BY date_done
                           RANGE BETWEEN INTERVAL '1 minute' PRECEDING
                                     AND CURRENT ROW) AS number
                  FROM calls) counted
         WHERE number >= %(least)s)
    SELECT c.user_id, array_agg(c.id ORDER BY c.date_done, c.id), NULL
      FROM calls c
     WHERE EXISTS (SELECT 1 FROM dense d
                    WHERE d.user_id = c.user_id
                      AND c.date_done BETWEEN d.date_done - INTERVAL '1 minute'
                                          AND d.date_done)
     GROUP BY c.user_id
"""
#: A remark copied word for word, else the same answers that are not all the best.
COPIED_KEY = SQL("COALESCE(remark, CASE WHEN NOT is_top THEN pattern END)")
TOP_KEY = SQL("CASE WHEN is_top THEN 'top' END")


class DealerCallbackCheck(models.Model):
    """The nightly look: set-based and safe to repeat, one branch after another."""

    _inherit = "dealer.callback.check"

    @api.model
    def _cron_check_calls(self):
        """Look at yesterday and at today so far, by the clock of each branch."""
        cron = self.env["ir.cron"]
        companies = self.env["res.company"].search([("active", "=", True)])
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            today = company._get_dealer_today()
            for day in (today - timedelta(days=1), today):
                self._try_check_day(company, day)
            if not cron._commit_progress(1):
                return

    @api.model
    def _try_check_day(self, company, day):
        try:
            with self.env.cr.savepoint():
                self._check_day(company, day)
        except OperationalError:
            raise  # another worker was faster: the caller tries again
        except Exception:
            _logger.warning("Check of calls failed: %s", company.id, exc_info=True)

    @api.model
    def _check_day(self, company, day):
        """Find the conspicuous calls of one branch and day.

        What was found before grows while nobody decided; decided ones stay.
        """
        self.env["dealer.callback"].flush_model()
        limits = company.sudo()
        calls = SQL(
            CALLS,
            company=company.id,
            start=company._get_dealer_day_start(day),
            end=company._get_dealer_day_start(day + timedelta(days=1)),
        )
        copied, top, fast = (
            limits.check_copied_calls,
            limits.check_top_calls,
            limits.check_fast_calls,
        )
        finders = {
            "copied": copied and SQL(RUNS, calls=calls, key=COPIED_KEY, least=copied),
            "top": top and SQL(RUNS, calls=calls, key=TOP_KEY, least=top),
            "fast": fast and SQL(FAST, calls=calls, least=fast),
        }
        for kind, query in finders.items():
            if query:
                self._note_finds(company, day, kind, self.env.execute_query(query))

    @api.model
    def _note_finds(self, company, day, kind, rows):
        """One record per caller, kind and day, whatever the number of runs."""
        found = {}
        for user_id, ids, sample in rows:
            known, first = found.get(user_id, ([], sample))
            found[user_id] = (known + ids, first)
        if not found:
            return
        own = [("company_id", "=", company.id), ("date", "=", day), ("kind", "=", kind)]
        present = self.search([*own, ("user_id", "in", list(found))])
        by_user = {check.user_id.id: check for check in present}
        for user_id, (ids, sample) in found.items():
            values = {
                "callback_ids": [(6, 0, ids)],
                "callback_count": len(ids),
                "sample": kind == "copied" and (sample or "")[:200],
            }
            check = by_user.get(user_id)
            if not check:
                key = {"user_id": user_id, "company_id": company.id, "date": day}
                self.create({**key, **values, "kind": kind})
            elif check.state == "open" and check.callback_count != len(ids):
                check.write(values)
