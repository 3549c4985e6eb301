# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from psycopg2.extras import Json

from ..tools.intake_row import Row

_logger = logging.getLogger(__name__)

#: Rows that share a commit; up to so many rows the user waits for the result.
CHUNK = 200
DIRECT_ROWS = 500
RETRIES = 20


class DealerImportBatch(models.Model):
    """The import itself: in batches, safe to stop, to kill and to run twice."""

    _inherit = "dealer.import.batch"

    def action_import(self):
        """Import the checked rows: at once, or in the background if there are many."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("checked", "stopped"):
            raise UserError(self.env._("Check the table first."))
        self.sudo().write({"state": "importing", "user_id": self.env.uid})
        if self.pending_count > DIRECT_ROWS:
            self.env.ref("dealer_crm.ir_cron_import_tables").sudo()._trigger()
            return True
        while self._import_chunk():
            pass
        return True

    def action_stop(self):
        """Stop after the rows at hand; what is imported stays."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "importing":
            self.sudo().state = "stopped"
        return True

    @api.model
    def _cron_import_tables(self):
        """Go on with the imports that wait, a commit for each batch of rows."""
        cron = self.env["ir.cron"]
        for batch in self.search([("state", "=", "importing")], order="id"):
            worker = batch._as_importer()
            failures = 0
            while True:
                batch.invalidate_recordset()
                if batch.state != "importing":
                    break
                try:
                    done = worker._import_chunk()
                except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                    self.env.cr.rollback()  # another import was faster: look again
                    failures += 1
                    if failures > RETRIES:
                        break
                    continue
                failures = 0
                if not cron._commit_progress(done, remaining=batch._count_pending()):
                    return

    def _as_importer(self):
        """The batch as its user sees it: rights, branch, language and day."""
        user = self.user_id
        return self.with_user(user).with_context(
            allowed_company_ids=[
                self.company_id.id,
                *(user.company_ids - self.company_id).ids,
            ],
            lang=user.lang,
            tz=user.tz,
        )

    def _count_pending(self):
        self.env.cr.execute(
            "SELECT count(*) FROM dealer_import_line WHERE batch_id IN %s "
            "AND state = 'pending'",
            (self._ids,),
        )
        return self.env.cr.fetchone()[0]

    def _import_chunk(self):
        """Import the next rows that wait.

        :return: their number, 0 when there are none and the import is done
        """
        self.ensure_one()
        self.env["dealer.import.lock"]._take(self.company_id)
        self.env["dealer.import.line"].flush_model()
        self.env.cr.execute(
            "SELECT id, row, parsed, verdict, decision, reason "
            "FROM dealer_import_line WHERE batch_id = %s AND state = 'pending' "
            "ORDER BY row, id LIMIT %s FOR UPDATE SKIP LOCKED",
            (self.id, CHUNK),
        )
        found = self.env.cr.fetchall()
        if not found:
            self.sudo().write({"state": "done", "done_on": fields.Datetime.now()})
            self._tell_importer()
            return 0
        worker = self.with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_notrack=True
        ).with_company(self.company_id)
        worker._import_lines(found)
        return len(found)

    def _tell_importer(self):
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "success" if not self.rejected_count else "warning",
                "message": self.env._(
                    "%(name)s: %(done)s rows imported, %(rejected)s refused.",
                    name=self.name,
                    done=self.done_count,
                    rejected=self.rejected_count,
                ),
            },
        )

    def _import_lines(self, found):
        """Look again what is known, import what is to be, write down the outcome."""
        outcomes, rows, chosen = [], [], {}
        for line_id, number, parsed, verdict, decision, reason in found:
            if verdict == "error" or not parsed:
                outcomes.append((line_id, "rejected", reason, None, None, None))
            elif decision == "skip":
                outcomes.append((line_id, "skipped", reason, None, None, None))
            else:
                row = Row(line_id, number, parsed)
                chosen[line_id] = decision if verdict == "duplicate" else None
                rows.append(row)
        waiting = rows
        while waiting:
            self._match_rows(waiting)
            group, waiting = self._split_repeated(waiting)
            for row in group:
                self._settle_decision(row, chosen[row.id])
            self._save_group([row for row in group if row.decision != "skip"])
        outcomes += [self._prepare_outcome(row) for row in rows]
        self._store_outcomes(outcomes)

    def _split_repeated(self, rows):
        """Rows about the same thing go one after the other: (now, later)."""
        seen, now, later = set(), [], []
        for row in rows:
            keys = {
                (part, *key)
                for part in self._get_parts()
                for key in self._get_part_keys(row, part)
            }
            (later if keys & seen else now).append(row)
            seen |= keys
        return now, later

    def _settle_decision(self, row, chosen):
        """The user's word for a duplicate; the policy for one that came up since."""
        main = self._get_main_part(row)
        verdict = row.judge(main)
        if verdict == "error":
            row.decision = "skip"
        elif chosen:
            row.use(chosen, main)
        else:
            row.decision = row.propose(verdict, self.duplicate_policy)

    def _save_group(self, rows):
        """All in one go; if that fails, row by row, so that one spoils no other."""
        if not rows:
            return
        try:
            with self.env.cr.savepoint():
                self._apply_rows(rows)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            if len(rows) == 1:
                self._refuse_row(rows[0], error)
                return
            for row in rows:
                row.records.clear()
                row.undo = {"created": [], "changed": []}
                self._save_group([row])

    def _refuse_row(self, row, error):
        """Say in the row why the database or a rule refused it."""
        if isinstance(error, UserError):
            text = str(error)
        elif isinstance(error, psycopg2.Error):
            text = self.env._("It is known already, or a value is not possible.")
        else:
            text = self.env._("This row cannot be imported as it is.")
            # the type only: messages may repeat what the row says
            _logger.info("Import row refused by %s", type(error).__name__)
        row.errors.append(text)

    def _prepare_outcome(self, row):
        """(line, state, reason, model, id, undo)"""
        if row.errors:
            state = "rejected"
        else:
            touched = row.undo["created"] or row.undo["changed"]
            state = "done" if touched else "skipped"
        main = self._get_main_part(row)
        record = row.records.get(main) or next(iter(row.records.values()), None)
        if not record and row.matches:
            part = main if main in row.matches else next(iter(row.matches))
            record = self.env[self._get_part_model(part)].browse(row.matches[part])
        return (
            row.id,
            state,
            "\n".join([*row.errors, *dict.fromkeys(row.notes)]) or None,
            record and record._name,
            record and record.id,
            self._prepare_undo(row) if state == "done" else None,
        )

    def _prepare_undo(self, row):
        """With the moment that all rows of this batch of rows were written at."""
        return Json({**row.undo, "on": self.env.cr.now().isoformat()})

    def _store_outcomes(self, outcomes):
        self.env.cr.execute_values(
            "UPDATE dealer_import_line l SET state = v.state, reason = v.reason, "
            "match_model = coalesce(v.model, l.match_model), "
            "match_id = coalesce(v.record, l.match_id), undo = v.undo "
            "FROM (VALUES %s) AS v(id, state, reason, model, record, undo) "
            "WHERE l.id = v.id",
            outcomes,
            template="(%s, %s, %s, %s, %s::integer, %s::jsonb)",
            page_size=500,
        )
        self.env["dealer.import.line"].invalidate_model()
        self.invalidate_recordset()
