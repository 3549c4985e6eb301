# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
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


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two files become one: greetings of both stay, one of them holds the event."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _move_fragile_rows(self, sources, survivor):
        self.env["dealer.callback"].flush_model()
        self.env.cr.execute(
            SQL(FREE_EVENTS, ids=(sources | survivor).ids, survivor=survivor.id)
        )
        return super()._move_fragile_rows(sources, survivor)
