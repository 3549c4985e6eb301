# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS


class DealerImportLine(models.Model):
    """A row of the file: what it says, what is in the way, what became of it.

    What it says is personal data: no client reads it, and it is purged some time
    after the import. ``summary`` shows as much as anybody may see.
    """

    _name = "dealer.import.line"
    _description = "Import Row"
    _order = "batch_id desc, row, id"
    _rec_name = "summary"

    batch_id = fields.Many2one("dealer.import.batch", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="batch_id.company_id")
    batch_state = fields.Selection(related="batch_id.state", string="Import State")
    row = fields.Integer(readonly=True, aggregator=None)
    raw = fields.Json(groups=NO_ACCESS)
    parsed = fields.Json(groups=NO_ACCESS)
    undo = fields.Json(groups=NO_ACCESS)
    summary = fields.Char("Content", readonly=True)
    verdict = fields.Selection(
        [
            ("new", "New"),
            ("duplicate", "Duplicate"),
            ("unchanged", "Unchanged"),
            ("error", "Error"),
        ],
        readonly=True,
    )
    reason = fields.Text(readonly=True)
    decision = fields.Selection(
        [
            ("create", "Create"),
            ("merge", "Fill the known record"),
            ("skip", "Leave out"),
        ],
    )
    state = fields.Selection(
        [
            ("pending", "To Import"),
            ("done", "Imported"),
            ("skipped", "Left out"),
            ("rejected", "Rejected"),
            ("undone", "Undone"),
            ("kept", "Could not be undone"),
        ],
        readonly=True,
        default="pending",
    )
    match_model = fields.Char(readonly=True)
    match_id = fields.Many2oneReference(
        "Record", model_field="match_model", readonly=True
    )
    match_name = fields.Char("Known / Made", compute="_compute_match_name")

    _batch_state_idx = models.Index("(batch_id, state, row)")

    @api.depends("match_model", "match_id")
    def _compute_match_name(self):
        """The name, as far as the reader may see the record."""
        for model, lines in self.grouped("match_model").items():
            if not model or model not in self.env:
                lines.match_name = False
                continue
            records = self.env[model].browse(lines.mapped("match_id")).exists()
            names = {r.id: r.display_name for r in records._filtered_access("read")}
            for line in lines:
                line.match_name = names.get(line.match_id, False)

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - {"decision"}:
                raise AccessError(
                    self.env._("What a row says and what became of it is not edited.")
                )
            self.batch_id._check_open()
            self._check_decision(vals.get("decision"))
        return super().write(vals)

    def _check_decision(self, decision):
        """:raises UserError: a row with an error, or nothing known to fill"""
        lines = self.sudo()
        if decision != "skip" and "error" in lines.mapped("verdict"):
            raise UserError(
                self.env._("A row with an error cannot be imported: correct the file.")
            )
        if decision == "merge" and "new" in lines.mapped("verdict"):
            raise UserError(
                self.env._("For a new row there is no known record to fill.")
            )

    def action_create(self):
        """Import these duplicates as new records all the same."""
        return self._decide("create")

    def action_merge(self):
        """Fill the known records."""
        return self._decide("merge")

    def action_skip(self):
        """Leave these rows out."""
        return self._decide("skip")

    def _decide(self, decision):
        lines = self.filtered(
            lambda line: line.verdict == "duplicate"
            or (decision != "merge" and line.verdict == "new")
        )
        lines.write({"decision": decision})
        return True

    def action_open_record(self):
        """The known record, or the one that was made."""
        self.ensure_one()
        if not self.match_name:
            raise UserError(self.env._("There is no record to open for this row."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.match_model,
            "res_id": self.match_id,
            "views": [(False, "form")],
        }
