# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class CrmLead(models.Model):
    """Interests stay with the lead that remains, and with the customer it becomes."""

    _inherit = "crm.lead"

    interest_ids = fields.One2many(
        "dealer.interest",
        "lead_id",
        "Interests",
        groups="dealer_crm.group_dealer_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("partner_id"):
            interests = self.sudo().interest_ids.filtered(lambda i: not i.partner_id)
            interests.write({"partner_id": vals["partner_id"]})
        return result

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        interests = self.env["dealer.interest"].sudo()
        interests.search([("lead_id", "in", opportunities.ids)]).write(
            {"lead_id": self.id}
        )
        return result
