# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerTimelineMixin(models.AbstractModel):
    """Events a person registered for and came to."""

    _inherit = "dealer.timeline.mixin"

    def _get_timeline_sources(self):
        return [
            *super()._get_timeline_sources(),
            {
                "kind": "event",
                "label": self.env._("Club Events"),
                "icon": "fa-ticket",
                "model": "dealer.club.registration",
                "date": "date_begin",
                "partner": "partner_id",
                "lead": "lead_id",
                "domain": [("state", "!=", "cancelled")],
                "describe": self._describe_registration,
            },
        ]

    def _describe_registration(self, entry):
        return {
            "title": entry.event_id.name,
            "text": self._get_choice(entry, "state"),
            "user": entry.event_id.user_id.name or "",
        }
