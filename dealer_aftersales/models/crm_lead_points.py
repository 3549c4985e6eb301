# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CrmLead(models.Model):
    """Who brought a buyer gets points of the branch's own ledger where it has one."""

    _inherit = "crm.lead"

    def _reward_referrer(self):
        company = (self.company_id or self.env.company).sudo()
        if company.points_system != "own":
            return super()._reward_referrer()
        if company.referral_points:
            self.env["dealer.points.line"].sudo().create(
                {
                    "partner_id": self.referrer_id.id,
                    "company_id": company.id,
                    "lead_id": self.id,
                    "points": company.referral_points,
                    "kind": "referral",
                    "reference": self.name,
                    "source_key": f"referral:{self.id}",
                }
            )
        return None
