# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from psycopg2.extras import Json

from ..tools.intake_read import MAX_BYTES, MAX_ROWS, ReadError, read_table
from .dealer_import_field import normalize_title


class DealerImportBatch(models.Model):
    """From the file to rows and columns, and which column goes where."""

    _inherit = "dealer.import.batch"

    def _read_upload(self):
        """Take rows and columns out of the file, and forget the file.

        :raises UserError: no table, protected, damaged, too big
        """
        for batch in self:
            headers, rows = batch._read_file()
            system = batch.sudo()
            system.column_ids.unlink()
            system.line_ids.unlink()
            columns = self.env["dealer.import.column"]
            system.write(
                {
                    "file": False,
                    "state": "draft",
                    "column_ids": [
                        fields.Command.create(values)
                        for values in columns._prepare_column_values(headers, rows)
                    ],
                }
            )
            batch._insert_lines(rows)
        self._propose_columns()

    def _read_file(self):
        self.ensure_one()
        try:
            return read_table(base64.b64decode(self.sudo().file, validate=True))
        except binascii.Error as error:
            raise UserError(self._get_read_messages()["corrupt"]) from error
        except ReadError as error:
            raise UserError(self._get_read_messages()[error.code]) from error

    def _get_read_messages(self):
        return {
            "empty": self.env._("The file has no table: titles and a row are needed."),
            "too_big": self.env._(
                "The file is larger than %(size)s MB: divide it.",
                size=MAX_BYTES // 1024 // 1024,
            ),
            "too_many_rows": self.env._(
                "The table has more than %(count)s rows: divide it.", count=MAX_ROWS
            ),
            "protected": self.env._(
                "The file is protected by a password: save it without one."
            ),
            "corrupt": self.env._(
                "The file is damaged or no table: CSV, XLSX and XLS can be read."
            ),
            "encoding": self.env._(
                "The characters of the file cannot be read: save it as UTF-8 or XLSX."
            ),
        }

    def _insert_lines(self, rows):
        """Bulk insert: a row of the file is not worth a record's ceremony."""
        self.ensure_one()
        uid = self.env.uid
        self.env.cr.execute_values(
            "INSERT INTO dealer_import_line (batch_id, row, raw, state, create_uid, "
            "write_uid, create_date, write_date) VALUES %s",
            [(self.id, row, Json(cells), uid, uid) for row, cells in rows],
            template="(%s, %s, %s, 'pending', %s, %s, "
            "now() at time zone 'UTC', now() at time zone 'UTC')",
            page_size=1000,
        )
        self.invalidate_recordset()
        self.env["dealer.import.line"].invalidate_model()

    def _propose_columns(self):
        for batch in self:
            batch.column_ids.sudo()._propose_fields()

    def _get_remembered_columns(self, headers):
        """{normalised title: field id} of what users chose for this kind before."""
        self.ensure_one()
        mappings = self.env["base_import.mapping"].sudo()
        known = mappings.search(
            [
                ("res_model", "=", f"dealer.import.batch,{self.kind}"),
                ("column_name", "in", [normalize_title(title) for title in headers]),
            ]
        )
        ids = {field.key: field.id for field in self.field_ids}
        return {m.column_name: ids.get(m.field_name) for m in known}

    def _remember_columns(self):
        """Next time the same titles go to the same fields."""
        self.ensure_one()
        model = f"dealer.import.batch,{self.kind}"
        mappings = self.env["base_import.mapping"].sudo()
        chosen = {
            normalize_title(column.header): column.field_id.key
            for column in self.column_ids
            if column.field_id and normalize_title(column.header)
        }
        known = mappings.search(
            [("res_model", "=", model), ("column_name", "in", list(chosen))]
        )
        for mapping in known:
            mapping.field_name = chosen.pop(mapping.column_name)
        mappings.create(
            [
                {"res_model": model, "column_name": title, "field_name": key}
                for title, key in chosen.items()
            ]
        )

    @api.model
    def _get_templates(self):
        """{kind: address of a sample table}, "%s" for the language."""
        return {
            "customer_vehicle": "/dealer_crm/static/csv/customer_vehicle%s.csv",
            "customers": "/dealer_crm/static/xls/customers%s.xlsx",
            "vehicles": "/dealer_crm/static/xls/vehicles%s.xlsx",
            "leads": "/dealer_crm/static/csv/leads%s.csv",
        }

    def action_download_template(self):
        """A sample table of this kind, with the titles that are known."""
        self.ensure_one()
        suffix = "" if (self.env.lang or "").startswith("zh") else "_en"
        template = self._get_templates().get(self.kind)
        if not template:
            raise UserError(self.env._("There is no sample table of this kind."))
        return {
            "type": "ir.actions.act_url",
            "url": template % suffix,
            "target": "download",
        }
