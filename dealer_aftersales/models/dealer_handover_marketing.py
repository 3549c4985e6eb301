# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerHandover(models.Model):
    """Coming events are given away with the rest of a leaver's work."""

    _inherit = "dealer.handover"

    @api.model
    def _get_handover_sources(self):
        return [
            *super()._get_handover_sources(),
            {
                "key": "club_events",
                "label": self.env._("Club events"),
                "model": "dealer.club.event",
                "field": "user_id",
                "domain": [("state", "in", ("draft", "open"))],
                "partner": False,
            },
        ]
