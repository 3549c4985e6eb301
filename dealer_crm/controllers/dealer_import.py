# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DealerImport(http.Controller):
    """Files of the table import, made when they are asked for and kept nowhere."""

    @http.route("/dealer_crm/import/<int:batch_id>/rejects", type="http", auth="user")
    def rejects(self, batch_id):
        batch = request.env["dealer.import.batch"].browse(batch_id).exists()
        if not batch:
            return request.not_found()
        content = batch._render_rejects()
        stem = (batch.file_name or "table").rsplit(".", 1)[0]
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{stem} - rejects.xlsx")),
            ],
        )
