# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerCallback(models.Model):
    """One greeting per person, event and year, whichever policy is first."""

    _inherit = "dealer.callback"

    event_key = fields.Char(readonly=True, copy=False)

    _event_uniq = models.UniqueIndex(
        "(partner_id, event_key) WHERE event_key IS NOT NULL",
        "This person was greeted for this event already.",
    )

    def _cancel_untouched(self):
        """The event becomes free together with the cycle."""
        result = super()._cancel_untouched()
        self.filtered(
            lambda c: c.state == "cancelled" and c.event_key
        ).event_key = False
        return result
