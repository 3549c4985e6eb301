# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

UNTOUCHED = frozenset({"id", "create_uid", "create_date", "write_uid", "write_date"})


class DealerMerge(models.Model):
    """The way back from a merge: rows again, what pointed to them, the survivor."""

    _inherit = "dealer.merge"

    def _restore_snapshot(self):
        """:return: texts of what could not be restored"""
        self.ensure_one()
        self.env.flush_all()
        snapshot, notes = self.snapshot, []
        sources = set(snapshot["sources"])
        for row in snapshot["partners"]:
            if row["id"] in sources and not self._insert_row("res_partner", row):
                raise UserError(
                    self.env._("The merged contacts cannot be restored any more.")
                )
        self._restore_links(snapshot, notes)
        for name, rows in snapshot["rows"].items():
            if "." in name:
                self._restore_relation(*name.split("."), rows, snapshot)
            else:
                lost = [row for row in rows if not self._insert_row(name, row)]
                if lost:
                    notes.append(self._describe_lost(name, len(lost)))
        self._restore_survivor(snapshot, notes)
        self.env.invalidate_all()
        self._restore_consents(snapshot)
        self.env.registry.clear_cache()
        restored = self.env["res.partner"].browse(snapshot["sources"])
        restored.modified(["name", "phone", "party_ids"])
        return notes

    def _insert_row(self, table, row):
        """:return: whether the row is there now"""
        query = SQL(
            "INSERT INTO %(table)s SELECT * FROM "
            "jsonb_populate_record(NULL::%(table)s, %(row)s::jsonb) "
            "ON CONFLICT DO NOTHING RETURNING 1",
            table=SQL.identifier(table),
            row=psycopg2.extras.Json(row),
        )
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return bool(self.env.execute_query(query))
        except psycopg2.errors.IntegrityError:
            return False

    def _restore_links(self, snapshot, notes):
        """What pointed to a merged contact points to him again, if it still may."""
        for link in snapshot["links"]:
            lost = self._restore_link(link, snapshot)
            if lost:
                notes.append(self._describe_lost(link["table"], lost))

    def _restore_link(self, link, snapshot):
        """:return: number of records that are gone or point elsewhere by now"""
        if link["table"] == "res_partner":
            own = snapshot["sources"]
            ids = [pair for pair in link["ids"] if pair[0] not in own]
        else:
            gone = {row["id"] for row in snapshot["rows"].get(link["table"], [])}
            ids = [pair for pair in link["ids"] if pair[0] not in gone]
        if not ids:
            return 0
        query = SQL(
            "UPDATE %(table)s t SET %(column)s = v.source "
            "FROM unnest(%(ids)s::integer[], %(sources)s::integer[]) v(id, source) "
            "WHERE t.id = v.id AND t.%(column)s = %(survivor)s RETURNING t.id",
            table=SQL.identifier(link["table"]),
            column=SQL.identifier(link["column"]),
            ids=[pair[0] for pair in ids],
            sources=[pair[1] for pair in ids],
            survivor=snapshot["survivor"],
        )
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return len(ids) - len(self.env.execute_query(query))
        except psycopg2.errors.IntegrityError:
            return len(ids)

    def _restore_relation(self, table, column, rows, snapshot):
        """Tags and the like: each contact has his own again."""
        survivor, before = snapshot["survivor"], []
        for row in rows:
            if row[column] == survivor:
                before.append({k: v for k, v in row.items() if k != column})
            else:
                self._insert_row(table, row)
        for row in rows:
            other = {k: v for k, v in row.items() if k != column}
            if row[column] == survivor or other in before:
                continue
            conditions = [
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in {**other, column: survivor}.items()
            ]
            self.env.execute_query(
                SQL(
                    "DELETE FROM %s WHERE %s RETURNING 1",
                    SQL.identifier(table),
                    SQL(" AND ").join(conditions),
                )
            )

    def _restore_survivor(self, snapshot, notes):
        """The survivor gets back what the merge changed and nobody changed since."""
        survivor = snapshot["survivor"]
        old = next(row for row in snapshot["partners"] if row["id"] == survivor)
        after = snapshot["after"]
        now = self._read_rows("res_partner", "id", [survivor])[0]
        for name in old.keys() & now.keys() - UNTOUCHED:
            if old[name] == after.get(name):
                continue
            if now[name] != after.get(name):
                field = self.env["res.partner"]._fields.get(name)
                label = field._description_string(self.env) if field else name
                notes.append(
                    self.env._("%(field)s was changed since and stays.", field=label)
                )
                continue
            column = SQL.identifier(name)
            self.env.execute_query(
                SQL(
                    "UPDATE res_partner SET %s = (jsonb_populate_record("
                    "NULL::res_partner, %s::jsonb)).%s WHERE id = %s RETURNING 1",
                    column,
                    psycopg2.extras.Json({name: old[name]}),
                    column,
                    survivor,
                )
            )

        self._settle_survivor(old, now)

    def _settle_survivor(self, *known):
        """The survivor is checked only with data that was checked.

        :param known: rows of the survivor before the merge and before the undo
        """
        names = ["file_state", *self.env["res.partner"]._get_key_file_fields()]
        row = self._read_rows("res_partner", "id", [known[0]["id"]])[0]
        if row["file_state"] in ("verified", "filed") and all(
            any(row.get(name) != other.get(name) for name in names) for other in known
        ):
            survivor = self.env["res.partner"].browse(row["id"])
            survivor.invalidate_recordset()
            survivor.write(survivor._prepare_draft_values())

    def _restore_consents(self, snapshot):
        """Each person's own last answer counts again."""
        consents = self.env["dealer.consent"]
        consents.browse(snapshot["made_consents"]).exists().unlink()
        people = [snapshot["survivor"], *snapshot["sources"]]
        consents.search([("partner_id", "in", people)])._update_current()

    def _describe_lost(self, table, count):
        model = next((m for m in self.env.values() if m._table == table), None)
        name = self.env["ir.model"]._get(model._name).name if model is not None else ""
        return self.env._(
            "%(count)s × %(what)s: deleted or changed since.",
            count=count,
            what=name or table,
        )
