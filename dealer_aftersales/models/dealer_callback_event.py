# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

# Both files were greeted for the same event: the survivor's line stands for it.
FREE_EVENTS = """
    UPDATE dealer_callback c SET event_key = NULL
      FROM (SELECT id, row_number() OVER (
                       PARTITION BY event_key
                       ORDER BY partner_id <> %(survivor)s, id) AS place
              FROM dealer_callback
             WHERE partner_id = ANY(%(ids)s) AND event_key IS NOT NULL) twin
     WHERE twin.id = c.id AND twin.place > 1
"""


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


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _move_fragile_rows(self, sources, survivor):
        self.env["dealer.callback"].flush_model()
        self.env.cr.execute(
            SQL(FREE_EVENTS, ids=(sources | survivor).ids, survivor=survivor.id)
        )
        return super()._move_fragile_rows(sources, survivor)
