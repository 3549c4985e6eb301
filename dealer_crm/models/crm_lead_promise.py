# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class CrmLead(models.Model):
    """What was promised stands at the top, for whoever opens the lead."""

    _inherit = "crm.lead"

    promise_ids = fields.One2many(
        "dealer.promise", "lead_id", "Promises", groups="dealer_crm.group_dealer_user"
    )
    promise_alert = fields.Text(
        "Promised to this Customer",
        compute="_compute_promise_alert",
        groups="dealer_crm.group_dealer_user",
    )
    has_overdue_promise = fields.Boolean(
        compute="_compute_promise_alert", groups="dealer_crm.group_dealer_user"
    )

    @api.depends("promise_ids.state", "promise_ids.date_due", "partner_id")
    def _compute_promise_alert(self):
        open_by = self.env["dealer.promise"]._get_open_by(self, self.partner_id)
        none = self.env["dealer.promise"]
        for lead in self:
            promises = open_by.get(("crm.lead", lead._origin.id), none)
            promises |= open_by.get(("res.partner", lead.partner_id.id), none)
            promises = promises.sorted("date_due")
            lead.promise_alert = "\n".join(p._get_words() for p in promises)
            lead.has_overdue_promise = any(promises.mapped("is_overdue"))

    def unlink(self):
        """Promises to customers outlive the lead, those to nobody go with it."""
        self.check_access("unlink")
        self.sudo().promise_ids.filtered(lambda p: not p.partner_id).unlink()
        return super().unlink()

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        opportunities.sudo().promise_ids.write({"lead_id": self.id})
        return result
