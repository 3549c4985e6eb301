# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

# who wrote it, for whom and about whom is no matter of opinion
AUTHOR_FIELDS = frozenset({"user_id", "department", "partner_id"})


class DealerCustomerNote(models.Model):
    """A trait of a customer or something that happened, noted by one department.

    Seen by the author's department and by managers only, never printed on papers
    for the customer; an author corrects his own note and nobody another's.
    """

    _name = "dealer.customer.note"
    _description = "Personal Note on a Customer"
    _order = "date desc, id desc"
    _rec_name = "text"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="partner_id.company_id", string="Branch")
    kind = fields.Selection(
        [("trait", "Trait"), ("event", "Event")], required=True, default="trait"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    text = fields.Text("Note", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Written by",
        required=True,
        readonly=True,
        default=lambda s: s.env.user,
    )
    department = fields.Selection(
        [("sales", "Sales"), ("service", "Service")],
        required=True,
        readonly=True,
        default=lambda self: self._get_user_department(),
    )

    @api.model_create_multi
    def create(self, vals_list):
        notes = super().create(vals_list)
        if not self.env.su:
            department = self._get_user_department()
            for note in notes:
                if note.user_id != self.env.user or note.department != department:
                    notes._refuse_foreign()
        return notes

    def write(self, vals):
        if not self.env.su and (
            AUTHOR_FIELDS & vals.keys()
            or any(user != self.env.user for user in self.mapped("user_id"))
        ):
            self._refuse_foreign()
        return super().write(vals)

    def _refuse_foreign(self):
        """:raises AccessError: always"""
        raise AccessError(
            self.env._("A note is written and corrected by its author only.")
        )

    @api.model
    def _get_user_department(self):
        """The department of the current user: who else reads his notes."""
        return "sales"
