# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Whether visitors with a file want a letter or a call after their visit."""

    _inherit = "res.partner"

    def _after_consent_change(self):
        """A changed answer reaches the letters and calls that are due already."""
        result = super()._after_consent_change()
        visits = self.env["dealer.contact"].sudo()
        visits = visits.search(
            Domain("partner_id", "in", self.ids)
            & (Domain("thanks_state", "=", "due") | Domain("call_state", "=", "due"))
        )
        if visits:
            visits._withdraw_refused()
        return result

    def _get_thanks_allowed(self):
        """Ids of the persons who want a letter by any way, and those who want a call.

        Written and called at the visitor's own occasion: no budget, no problem speaks
        against it, only his own word.
        """
        partners = self.sudo().with_context(active_test=False)
        letter = Domain.OR(
            partners._get_consent_domain(channel, "care")
            for channel in ("post", "email", "sms")
        )
        call = partners._get_consent_domain("call", "care")
        own = Domain("id", "in", self.ids)
        return {
            "thanks": set(partners.search(own & letter).ids),
            "call": set(partners.search(own & call).ids),
        }
