# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CrmLead(models.Model):
    """The owner's card tells of the calls that are planned or were missed, too."""

    _inherit = "crm.lead"

    def _get_card_later_rows(self):
        """Callbacks without a contact in the ledger; the others stand there already."""
        rows = super()._get_card_later_rows()
        callbacks = self.env["dealer.callback"]
        if not self.partner_id or not callbacks.has_access("read"):
            return rows
        callbacks = callbacks.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("date_due", ">=", self.date_closed),
                ("contact_ids", "=", False),
            ]
        )
        states = dict(callbacks._fields["state"]._description_selection(self.env))
        return rows + [
            (
                callback.date_due,
                self.env._("Callback, %(state)s", state=states[callback.state]),
                callback.policy_id.sudo().name,
                callback.user_id.sudo().name or "",
            )
            for callback in callbacks
        ]
