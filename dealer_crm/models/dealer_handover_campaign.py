# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerHandover(models.Model):
    """Whoever leaves gives away the tasks of running campaigns, too."""

    _inherit = "dealer.handover"

    @api.model
    def _get_handover_sources(self):
        return [
            *super()._get_handover_sources(),
            {
                "key": "campaigns",
                "label": self.env._("Campaigns"),
                "model": "utm.campaign",
                "field": "user_id",
                "domain": [
                    ("dealer_state", "!=", "evaluated"),
                    ("is_auto_campaign", "=", False),
                ],
                "partner": False,
            },
            {
                "key": "campaign_tasks",
                "label": self.env._("Campaign tasks"),
                "model": "dealer.campaign.task",
                "field": "user_id",
                "domain": [("is_done", "=", False)],
                "partner": False,
            },
        ]
