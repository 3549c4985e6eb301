# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CrmLead(models.Model):
    """Plans and cases follow a lead that is merged into another."""

    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        leads = opportunities.ids
        plans = self.env["dealer.daily.line"].sudo()
        plans.search([("lead_id", "in", leads)]).write({"lead_id": self.id})
        listed = self.env["dealer.sales.session.line"].sudo()
        found = listed.search([("lead_id", "in", [*leads, self.id])], order="id")
        # two leads of one week that were one deal: the first line stands for it
        for cases in found.grouped("session_id").values():
            cases[1:].write({"lead_id": False})
            cases[:1].write({"lead_id": self.id})
        return result
