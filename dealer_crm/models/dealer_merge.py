# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS

#: Days for which a merge can be undone, unless the system parameter says otherwise.
KEEP_DAYS = 90
KEEP_PARAMETER = "dealer_crm.merge_keep_days"


class DealerMerge(models.Model):
    """A merge of contacts: who became whom, and how to part them again.

    The snapshot holds everything the merged contacts were and what pointed to them.
    Nobody reads it; it goes when the merge can no longer be undone.
    """

    _name = "dealer.merge"
    _description = "Merge of Contacts"
    _order = "id desc"
    _rec_name = "merged_names"

    survivor_id = fields.Many2one(
        "res.partner",
        "Remaining Contact",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    merged_names = fields.Char("Merged into it", readonly=True)
    user_id = fields.Many2one("res.users", "Merged by", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Undone"), ("final", "Final")],
        readonly=True,
        default="done",
    )
    link_count = fields.Integer("Moved Records", readonly=True)
    undone_by_id = fields.Many2one("res.users", "Undone by", readonly=True)
    undone_on = fields.Datetime(readonly=True)
    note = fields.Text("Not restored", readonly=True)
    snapshot = fields.Json(groups=NO_ACCESS)

    def action_undo(self):
        """Part the merged contacts again, each with what was his."""
        self.ensure_one()
        self.check_access("read")
        if not self._may_undo():
            raise AccessError(self.env._("Only a manager undoes a merge."))
        self._check_undo()
        system = self.sudo()
        notes = system._restore_snapshot()
        system.write(
            {
                "state": "undone",
                "undone_by_id": self.env.uid,
                "undone_on": fields.Datetime.now(),
                "note": "\n".join(notes) or False,
                "snapshot": False,
            }
        )
        self.env["dealer.access.log"]._log(
            "merge", system.survivor_id, self.env._("Undone")
        )
        return True

    def _check_undo(self):
        """:raises UserError: undone already, too old, or merged again since"""
        if self.state == "undone":
            raise UserError(self.env._("This merge is undone already."))
        if self.state == "final" or not self.sudo().snapshot:
            raise UserError(
                self.env._(
                    "This merge is older than %(days)s days: what is needed to undo "
                    "it has been deleted.",
                    days=self._get_keep_days(),
                )
            )
        if self.sudo().survivor_id.exists().id != self.sudo().snapshot["survivor"]:
            raise UserError(
                self.env._(
                    "The remaining contact has been merged into another one or was "
                    "deleted since: undo that first."
                )
            )

    @api.model
    def _get_undo_groups(self):
        """XML ids of the groups that may undo a merge."""
        return ["dealer_crm.group_sales_manager"]

    def _may_undo(self):
        return self.env.su or any(
            self.env.user.has_group(group) for group in self._get_undo_groups()
        )

    @api.model
    def _get_keep_days(self):
        value = self.env["ir.config_parameter"].sudo().get_param(KEEP_PARAMETER)
        return int(value) if value and value.isdigit() else KEEP_DAYS

    @api.autovacuum
    def _gc_snapshots(self):
        """Personal data of merged contacts is kept no longer than it may be needed."""
        limit = fields.Datetime.now() - timedelta(days=self._get_keep_days())
        old = self.search([("state", "=", "done"), ("date", "<", limit)], limit=1000)
        old.write({"state": "final", "snapshot": False})
