# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerImportLock(models.Model):
    """One import at a time looks for known records of a branch and makes new ones.

    A row that each batch of lines changes, not an advisory lock: who waited for
    another import must not go on with what it saw before. PostgreSQL then reports
    a serialization failure, and the work is tried again on the present state.
    """

    _name = "dealer.import.lock"
    _description = "Import Lock"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    turn = fields.Integer()

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)", "A branch has one import lock."
    )

    @api.model
    def _take(self, company):
        """Wait until no other import of the branch is at it; hold it to the commit."""
        self.env.cr.execute(
            "INSERT INTO dealer_import_lock (company_id, turn) VALUES (%s, 1) "
            "ON CONFLICT (company_id) "
            "DO UPDATE SET turn = dealer_import_lock.turn + 1",
            (company.id,),
            log_exceptions=False,  # to wait and look again is nothing to report
        )
