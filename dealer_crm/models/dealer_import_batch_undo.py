# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import table_columns

from .dealer_import_batch_compare import _get_former

#: Days after which the content of the rows goes, and with it the way back.
KEEP_DAYS = 90
#: Made records go in this order, so that none is in the other's way.
ORDER = ("crm.lead", "dealer.vehicle.party", "fleet.vehicle", "res.partner")
#: What a record gets by itself when it is made.
OWN_TABLES = frozenset(
    {
        "dealer_grade_log",
        "dealer_vehicle_party",
        "fleet_vehicle_odometer",
    }
)
#: What says nothing of its own: it goes with the record.
NO_USE = frozenset({"mail_followers", "dealer_lifecycle_log"})


class DealerImportBatch(models.Model):
    """The way back: what nobody has used or changed since the import goes again."""

    _inherit = "dealer.import.batch"

    def action_undo(self):
        """Take the whole import back as far as nobody has built on it."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("stopped", "done", "partly"):
            raise UserError(self.env._("There is nothing to undo."))
        if self.is_purged:
            raise UserError(
                self.env._(
                    "The content of this import was deleted after %(days)s days: it "
                    "cannot be undone any more.",
                    days=KEEP_DAYS,
                )
            )
        batch = self.sudo().with_context(tracking_disable=True)
        lines = batch.line_ids.filtered(lambda line: line.undo)
        lines = lines.sorted(lambda line: (line.row, line.id), reverse=True)
        reasons = {line.id: [] for line in lines}
        batch._restore_values(lines, reasons)
        for model in ORDER:
            batch._delete_made(lines, model, reasons)
        kept = batch._store_undone(lines, reasons)
        batch.state = "partly" if kept else "reverted"
        return True

    def _restore_values(self, lines, reasons):
        """Give filled fields their former value where it is still the file's."""
        for line in lines:
            for model, record_id, name, old, new in line.undo["changed"]:
                record = self.env[model].browse(record_id).exists()
                if not record:
                    continue
                label = record._fields[name]._description_string(self.env)
                # earlier versions kept a mark instead of the ID number
                if new != "*" and _get_former(record, name) != new:
                    reasons[line.id].append(
                        self.env._("%(field)s was changed since.", field=label)
                    )
                    continue
                try:
                    with self.env.cr.savepoint():
                        record.write({name: old})
                except UserError as error:
                    reasons[line.id].append(f"{label}: {error}")

    def _delete_made(self, lines, model, reasons):
        """Delete the made records of a model, except those in use."""
        made = {
            record_id: line.id
            for line in lines
            for name, record_id in line.undo["created"]
            if name == model
        }
        records = self.env[model].browse(made).exists()
        used = self._find_used(records, self._get_import_moments(lines))
        for record in records.filtered(lambda r: r.id in used):
            reasons[made[record.id]].append(
                self.env._(
                    "%(name)s stays: %(why)s.",
                    name=record.display_name,
                    why=used[record.id],
                )
            )
        free = records.filtered(lambda r: r.id not in used)
        try:
            with self.env.cr.savepoint():
                free.unlink()
        except Exception:
            self._delete_one_by_one(free, made, reasons)

    def _delete_one_by_one(self, records, made, reasons):
        for record in records:
            name = record.display_name
            try:
                with self.env.cr.savepoint():
                    record.unlink()
            except Exception:
                reasons[made[record.id]].append(
                    self.env._("%(name)s stays: it is in use.", name=name)
                )

    @api.model
    def _get_import_moments(self, lines):
        """When the rows were written: what bears another moment is no work of ours."""
        moments = {line.undo.get("on") for line in lines} - {None}
        return [datetime.fromisoformat(moment) for moment in moments]

    def _find_used(self, records, moments):
        """{id: why} of the records that somebody built on or changed."""
        used = {}
        if not records:
            return used
        self.env.flush_all()
        edited = records.filtered(
            lambda r: r.write_date
            and r.write_date not in moments
            and (moments or self.done_on and r.write_date > self.done_on)
        )
        used |= dict.fromkeys(edited.ids, self.env._("it was changed since"))
        for table, column in self._get_references(records._table):
            found = self._find_referenced(records, table, column, moments)
            for record_id in found:
                used.setdefault(record_id, self._describe_table(table))
        for record_id in self._find_spoken_of(records):
            used.setdefault(record_id, self.env._("notes or activities"))
        return used

    @api.model
    def _get_no_use_tables(self):
        """Tables whose rows are counted by the system and go with their record."""
        return NO_USE

    def _get_references(self, table):
        """Foreign keys on a table, except many2many relations and followers."""
        return [
            (other, column)
            for other, column in self.env[
                "base.partner.merge.automatic.wizard"
            ]._get_fk_on(table)
            if other not in self._get_no_use_tables()
            and not other.startswith("base_partner_merge_")
            and "id" in table_columns(self.env.cr, other)
        ]

    def _find_referenced(self, records, table, column, moments):
        condition = SQL("TRUE")
        if table == records._table:
            condition = SQL("t.id != t.%s", SQL.identifier(column))
        elif table in OWN_TABLES and moments:
            condition = SQL("t.create_date != ALL(%s::timestamp[])", moments)
        elif table in OWN_TABLES:
            condition = SQL("t.create_date > %s", self.done_on or self.create_date)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT t.%(column)s FROM %(table)s t "
                "WHERE t.%(column)s = ANY(%(ids)s) AND %(condition)s",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=records.ids,
                condition=condition,
            )
        )
        return [row[0] for row in rows]

    def _describe_table(self, table):
        """The model behind a table in the user's words."""
        model = next((m for m in self.env.values() if m._table == table), None)
        name = self.env["ir.model"]._get(model._name).name if model is not None else ""
        return name or table

    def _find_spoken_of(self, records):
        """Somebody wrote about it, planned something or attached a file."""
        rows = self.env.execute_query(
            SQL(
                "SELECT res_id FROM mail_message WHERE model = %(model)s AND "
                "res_id = ANY(%(ids)s) AND message_type NOT IN "
                "('notification', 'auto_comment', 'user_notification') "
                "UNION SELECT res_id FROM mail_activity WHERE res_model = %(model)s "
                "AND res_id = ANY(%(ids)s) "
                "UNION SELECT res_id FROM ir_attachment WHERE res_model = %(model)s "
                "AND res_id = ANY(%(ids)s) AND res_field IS NULL",
                model=records._name,
                ids=records.ids,
            )
        )
        return [row[0] for row in rows]

    def _store_undone(self, lines, reasons):
        """:return: number of rows that could not be taken back as a whole"""
        kept = lines.filtered(lambda line: reasons[line.id])
        (lines - kept).write({"state": "undone", "undo": False})
        for line in kept:
            texts = dict.fromkeys(reasons[line.id])
            line.write({"state": "kept", "reason": "\n".join(texts)})
        return len(kept)

    @api.autovacuum
    def _gc_import_content(self):
        """Personal data of files is kept no longer than the way back is offered."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        batches = self.search(
            [("is_purged", "=", False), ("write_date", "<", limit)], limit=100
        )
        batches.line_ids.write({"raw": False, "parsed": False, "undo": False})
        batches.column_ids.write({"samples": False})
        batches.write({"is_purged": True})
