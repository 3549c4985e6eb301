# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain

from .dealer_complaint import OPEN_STATES


class ResPartner(models.Model):
    """Who waits for an answer to his complaint is neither greeted nor advertised to."""

    _inherit = "res.partner"

    @api.model
    def _get_complaint_domain(self):
        complaints = self.env["dealer.complaint"].sudo()
        found = complaints._search([("state", "in", OPEN_STATES)])
        return super()._get_complaint_domain() | Domain(
            "id", "in", found.subselect("partner_id")
        )


class DealerComplaint(models.Model):
    _inherit = "dealer.complaint"

    _open_partner_idx = models.Index(
        f"(partner_id) WHERE state IN {OPEN_STATES}",
    )
