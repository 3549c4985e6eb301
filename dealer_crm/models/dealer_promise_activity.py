# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dealer_promise import PROMISE


class MailActivity(models.Model):
    """The reminder of a promise and the promise itself are one plan."""

    _inherit = "mail.activity"

    def write(self, vals):
        """Moved in the chatter or calendar: the promise moves along."""
        result = super().write(vals)
        if vals.get("date_deadline") or vals.get("user_id"):
            for promise in self._get_open_promises():
                activity = promise.activity_id
                moved = {"date_due": activity.date_deadline}
                if activity.user_id:
                    moved["user_id"] = activity.user_id.id
                promise.write(moved)
        return result

    def _action_done(self, feedback=False, attachment_ids=None):
        """Marked as done: the promise was kept."""
        promises = self._get_open_promises()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        promises.action_keep()
        return result

    def _get_open_promises(self):
        """Whoever may change the activity changes its promise."""
        kind = self.env.ref(PROMISE, raise_if_not_found=False)
        ids = self.sudo().filtered(lambda a: kind and a.activity_type_id == kind).ids
        promises = self.env["dealer.promise"].sudo()
        if not ids:
            return promises
        return promises.search([("activity_id", "in", ids), ("state", "=", "open")])
