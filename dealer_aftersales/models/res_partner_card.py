# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """Cards handed to the service are personal data like the card itself."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.card.handover",
                "domain": [("partner_id", "=", self.id)],
                "fields": ["vehicle_id", "date", "state", "date_confirmed"],
            },
        ]

    def _empty_ledger(self):
        result = super()._empty_ledger()
        handovers = self.env["dealer.card.handover"].sudo()
        handovers = handovers.search([("partner_id", "=", self.id)])
        handovers.attachment_id.unlink()
        handovers.write({"lead_id": False})
        return result
