# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

NEEDS_FIELDS = (
    "date use_note drivers present_car competitor stated_needs hidden_needs"
    " key_questions"
).split()


class ResPartner(models.Model):
    """What a person told of his needs is his own: told on request, and forgotten."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        domain = [("lead_id.partner_id", "=", self.id)]
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.needs.analysis",
                "domain": domain,
                "fields": NEEDS_FIELDS,
            },
        ]

    def _empty_leads(self):
        result = super()._empty_leads()
        self._get_all_leads().sudo().needs_analysis_ids.unlink()
        return result
