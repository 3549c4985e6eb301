# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.sql import table_columns

#: Records that name another one by model and id: (table, model column, id column).
REFERENCES = (
    ("ir_attachment", "res_model", "res_id"),
    ("mail_followers", "res_model", "res_id"),
    ("mail_activity", "res_model", "res_id"),
    ("mail_message", "model", "res_id"),
    ("ir_model_data", "model", "res_id"),
)


class DealerMerge(models.Model):
    """What is written down before a merge, straight from the tables."""

    _inherit = "dealer.merge"

    @api.model
    def _begin(self, sources, survivor):
        """Write down what a merge is about to change.

        :return: the log of the merge, to be closed by :meth:`_finish`
        """
        self.env.flush_all()
        links, rows = self.sudo()._read_links(sources, survivor)
        snapshot = {
            "survivor": survivor.id,
            "sources": sources.ids,
            "partners": self._read_rows("res_partner", "id", (sources | survivor).ids),
            "links": links,
            "rows": rows,
        }
        return self.sudo().create(
            {
                "survivor_id": survivor.id,
                "merged_names": ", ".join(sources.mapped("display_name"))[:200],
                "user_id": self.env.uid,
                "company_id": survivor.company_id.id,
                "link_count": sum(len(link["ids"]) for link in links),
                "snapshot": snapshot,
            }
        )

    def _finish(self):
        """After the merge: keep of the rows in danger only those that went."""
        self.ensure_one()
        self.env.flush_all()
        snapshot = self.snapshot
        survivor = snapshot["survivor"]
        snapshot["after"] = self._read_rows("res_partner", "id", [survivor])[0]
        before = [row["id"] for row in snapshot["rows"].get("dealer_consent", [])]
        made = (
            self.env["dealer.consent"]
            .sudo()
            .search([("partner_id", "=", survivor), ("id", "not in", before)])
        )
        snapshot["made_consents"] = made.ids
        for table, rows in snapshot["rows"].items():
            if rows and "id" in rows[0]:
                present = self._read_present(table, [row["id"] for row in rows])
                snapshot["rows"][table] = [r for r in rows if r["id"] not in present]
        self.snapshot = snapshot

    def _read_links(self, sources, survivor):
        """What points to the sources, and whole rows where a merge may drop some."""
        links, rows = [], {}
        wizard = self.env["base.partner.merge.automatic.wizard"]
        for table, column in wizard._get_fk_on("res_partner"):
            if table.startswith("base_partner_merge_"):
                continue
            if "id" not in table_columns(self.env.cr, table):
                found = self._read_rows(table, column, (sources | survivor).ids)
                rows[f"{table}.{column}"] = found
                continue
            links += self._read_link(table, column, sources)
            if self._is_fragile(table, column):
                both = (sources | survivor).ids
                known = {row["id"]: row for row in rows.get(table, [])}
                for row in self._read_rows(table, column, both):
                    known[row["id"]] = row
                rows[table] = list(known.values())
        for table, model_column, column in self._get_references():
            links += self._read_link(table, column, sources, model_column)
        return links, rows

    def _read_link(self, table, column, sources, model_column=None):
        """[{table, column, ids: [[row, source]]}], empty when nothing points there."""
        condition = SQL("TRUE")
        if model_column:
            condition = SQL("%s = 'res.partner'", SQL.identifier(model_column))
        found = self.env.execute_query(
            SQL(
                "SELECT id, %(column)s FROM %(table)s "
                "WHERE %(column)s = ANY(%(ids)s) AND %(condition)s",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=sources.ids,
                condition=condition,
            )
        )
        if not found:
            return []
        ids = [list(row) for row in found]
        return [{"table": table, "column": column, "ids": ids}]

    @api.model
    def _get_references(self):
        """Core's references and those of the dealership's own models."""
        found = list(REFERENCES)
        for model in self.env.values():
            if not model._name.startswith("dealer.") or not model._auto:
                continue
            if model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if field.type != "many2one_reference" or not field.store:
                    continue
                if model._fields[field.model_field].store:
                    found.append((model._table, field.model_field, field.name))
        return found

    @api.model
    def _get_own_references(self):
        """References that core's merge does not know."""
        return self._get_references()[len(REFERENCES) :]

    def _is_fragile(self, table, column):
        """Whether a merge may delete rows of the table rather than move them."""
        if table in ("dealer_vehicle_party", "mail_followers"):
            return True
        wizard = self.env["base.partner.merge.automatic.wizard"]
        return wizard._has_check_or_unique_constraint(
            table, column
        ) or self._has_unique_index(table, column)

    def _has_unique_index(self, table, column):
        return bool(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM pg_index i JOIN pg_attribute a "
                    "ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
                    "WHERE i.indisunique AND i.indrelid = %s::regclass "
                    "AND a.attname = %s LIMIT 1",
                    table,
                    column,
                )
            )
        )

    @api.model
    def _read_rows(self, table, column, ids):
        """Whole rows as JSON."""
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT to_jsonb(t) FROM %s t WHERE %s = ANY(%s) ORDER BY %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    ids,
                    SQL.identifier(column),
                )
            )
        ]

    @api.model
    def _read_present(self, table, ids):
        return {
            row[0]
            for row in self.env.execute_query(
                SQL("SELECT id FROM %s WHERE id = ANY(%s)", SQL.identifier(table), ids)
            )
        }
