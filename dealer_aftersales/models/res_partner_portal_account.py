# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid

from odoo import models


class ResPartner(models.Model):
    """A person who is forgotten has no account any more, and signed nothing."""

    _inherit = "res.partner"

    def _empty_personal_data(self):
        self._close_portal_accounts()
        return super()._empty_personal_data()

    def _close_portal_accounts(self):
        """Customers' accounts end: the login is a mail address, too.

        Their persons are archived at once: core refuses it while it sees an account,
        and with ``active_test`` off it sees closed ones, too.
        """
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.search([("partner_id", "child_of", self.ids)])
        users = users.filtered("share")
        for user in users:
            user.write(
                {
                    "active": False,
                    "login": f"closed-{user.id}",
                    "password": str(uuid.uuid4()),
                }
            )

        persons = users.partner_id.with_context(active_test=True)
        persons.write({"active": False})

    def _prepare_anonymous_values(self):
        """Who is archived already is not archived again."""
        values = super()._prepare_anonymous_values()
        if not self.active:
            values.pop("active", None)
        return values

    def _empty_ledger(self):
        """That he approved stays, name and hand go; so do reasons in his words."""
        result = super()._empty_ledger()
        estimates = self.env["dealer.repair.estimate"].sudo()
        estimates = estimates.search([("repair_id.partner_id", "=", self.id)])
        estimates.write({"signature": False, "signed_by": False, "reason": False})
        return result
