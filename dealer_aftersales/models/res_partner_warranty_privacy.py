# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """A person's policies and contracts: told in the copy, remarks go when erased."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        mine = [("partner_id", "=", self.id)]
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.insurance.policy",
                "domain": mine,
                "fields": "name kind vehicle_id insurer_id date_start date_end"
                " premium state note".split(),
            },
            {
                "model": "dealer.service.contract",
                "domain": mine,
                "fields": "name type_id vehicle_id date_start date_end service_total"
                " service_used state note".split(),
            },
        ]

    def _empty_ledger(self):
        result = super()._empty_ledger()
        for model in ("dealer.insurance.policy", "dealer.service.contract"):
            papers = self.env[model].sudo().search([("partner_id", "=", self.id)])
            papers.write({"note": False})
        return result
