# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

SALES = "dealer_crm.group_sales_consultant"


class ResPartner(models.Model):
    """A customer as the one who brings others, and who buys again."""

    _inherit = "res.partner"

    referral_count = fields.Integer(
        "Referrals", compute="_compute_referral_count", compute_sudo=True, groups=SALES
    )
    referral_won_count = fields.Integer(
        "Referrals that bought",
        compute="_compute_referral_count",
        compute_sudo=True,
        groups=SALES,
    )

    def _compute_referral_count(self):
        self.referral_count = self.referral_won_count = 0
        for partner, status, count in self.env["crm.lead"]._get_referral_groups(self):
            known = partner.with_env(self.env)
            known.referral_count += count
            if status == "won":
                known.referral_won_count += count

    def action_view_referrals(self):
        """The leads this person brought, as far as the user may see them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.crm_lead_action_referrals"
        )
        action["domain"] = [("referrer_id", "=", self.id)]
        action["context"] = {"active_test": False}
        return action

    def action_open_repurchase(self):
        """Ask whether the customer replaces a car or adds one."""
        self.ensure_one()
        return self.env["dealer.repurchase"]._open_for(self, self.vehicle_ids)
