# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerHandover(models.Model):
    """Work of the workshop and of customer care that gets a new person."""

    _inherit = "dealer.handover"

    @api.model
    def _get_handover_groups(self):
        return [
            *super()._get_handover_groups(),
            "dealer_aftersales.group_service_manager",
        ]

    @api.model
    def _get_handover_sources(self):
        return [
            *super()._get_handover_sources(),
            {
                "key": "advised_vehicles",
                "label": self.env._("Cars (service advisor)"),
                "model": "fleet.vehicle",
                "field": "advisor_id",
                "domain": [("trade_state", "!=", False)],
                "partner": "owner_id",
            },
            {
                "key": "repairs",
                "label": self.env._("Open repair orders"),
                "model": "repair.order",
                "field": "advisor_id",
                "domain": [("state", "not in", ("done", "cancel"))],
                "partner": "partner_id",
            },
            {
                "key": "card_handovers",
                "label": self.env._("Cards to take over"),
                "model": "dealer.card.handover",
                "field": "to_user_id",
                "domain": [("state", "=", "pending")],
                "partner": "partner_id",
            },
            {
                "key": "callbacks",
                "label": self.env._("Planned callbacks"),
                "model": "dealer.callback",
                "field": "user_id",
                "domain": [("state", "=", "planned")],
                "partner": "partner_id",
            },
        ]
