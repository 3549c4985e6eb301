# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """What plans and weekly sessions say of a person."""

    _inherit = "res.partner"

    def _empty_traces(self):
        """The day and the result stay, the words go."""
        result = super()._empty_traces()
        plans = self.env["dealer.daily.line"].search([("partner_id", "=", self.id)])
        plans.write({"name": "–"})
        cases = self.env["dealer.sales.session.line"].search(
            [("lead_id", "in", self._get_all_leads().ids)]
        )
        cases.write({"name": "–", "reason": False, "note": False})
        return result

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.daily.line",
                "domain": [("partner_id", "=", self.id)],
                "fields": ["date", "kind", "name"],
            },
            {
                "model": "dealer.sales.session.line",
                "domain": [("lead_id.partner_id", "=", self.id)],
                "fields": ["name", "result", "reason", "note", "closed_on"],
            },
        ]
