# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

from odoo import models
from odoo.exceptions import AccessError, UserError


class DealerImportBatch(models.Model):
    """The rows that stayed out, as a table to correct and upload again."""

    _inherit = "dealer.import.batch"

    def action_download_rejects(self):
        """Download the refused rows as they were, each with its reason."""
        self.ensure_one()
        self._check_rejects_access()
        return {
            "type": "ir.actions.act_url",
            "url": f"/dealer_crm/import/{self.id}/rejects",
            "target": "download",
        }

    def _check_rejects_access(self):
        """:raises AccessError: somebody else's table; it holds what people said"""
        self.check_access("read")
        manager = self.env.user.has_group("dealer_crm.group_general_manager")
        if self.user_id != self.env.user and not manager:
            raise AccessError(
                self.env._("Only who imported the table may download its rows.")
            )
        if self.is_purged:
            raise UserError(self.env._("The content of this import was deleted."))

    def _get_reject_rows(self):
        """[[cell, …, reason]] of refused rows; before the import, of those in error."""
        self._check_rejects_access()
        columns = self.column_ids.sorted("place")
        lines = self.sudo().line_ids.filtered(
            lambda line: line.state == "rejected"
            or (line.state == "pending" and line.verdict == "error")
        )
        head = [
            *columns.mapped("header"),
            self.env._("Row in the File"),
            self.env._("Reason"),
        ]
        return [head] + [
            [*(line.raw[c.place] for c in columns), line.row, line.reason or ""]
            for line in lines.sorted("row")
        ]

    def _render_rejects(self):
        """The table as XLSX; every cell is text, so that none is a formula.

        :return: content of the file
        """
        import xlsxwriter

        rows = self._get_reject_rows()
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(place, column, str(cell), None if place else bold)
        sheet.freeze_panes(1, 0)
        book.close()
        self.env["dealer.access.log"]._log("export", self, self.env._("Refused rows"))
        return stream.getvalue()
