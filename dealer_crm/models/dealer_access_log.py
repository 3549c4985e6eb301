# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerAccessLog(models.Model):
    """Who saw or took along personal data: one line per look, print or export.

    Lines are written by the system only and never change. They name the record by
    its id, never the data that was seen.
    """

    _name = "dealer.access.log"
    _description = "Access to Personal Data"
    _order = "id desc"
    _rec_name = "res_model"

    user_id = fields.Many2one("res.users", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("id_number", "ID number shown"),
            ("phone", "Phone shown"),
            ("export", "Exported"),
            ("print", "Printed"),
            ("copy", "Copy of all data"),
            ("restrict", "Processing restricted"),
            ("release", "Restriction lifted"),
            ("anonymise", "Anonymised"),
            ("share", "Opened for all branches"),
            ("merge", "Merged"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char("Kind of Record", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    record_count = fields.Integer("Records", readonly=True)
    reason = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)

    _user_date_idx = models.Index("(user_id, date DESC)")
    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _log(self, kind, records, reason=""):
        """Note what the current user does with ``records``.

        :param str kind: a value of the field ``kind``
        :param records: recordset; a single one is named by its id
        :param str reason: why, in the user's words
        :return: the line; empty when there is nothing to note
        """
        lines = self.sudo()
        if not records:
            return lines
        return lines.create(
            {
                "user_id": self.env.uid,
                "kind": kind,
                "res_model": records._name,
                "res_id": records.id if len(records) == 1 else False,
                "record_count": len(records),
                "reason": reason or False,
                "company_id": self.env.company.id,
            }
        )
