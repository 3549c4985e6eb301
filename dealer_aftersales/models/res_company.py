# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    service_advisor_ids = fields.Many2many(
        "res.users",
        "res_company_service_advisor_rel",
        "company_id",
        "user_id",
        "Service Advisors in Turn",
        domain="[('share', '=', False)]",
        help="Who gets the service files of delivered cars, the one with the fewest "
        "new files first. Empty: everybody whose role is Service Advisor.",
    )

    def _get_service_advisors(self):
        """Active users of the branch who take over the cars that are delivered."""
        self.ensure_one()
        users = self.sudo().service_advisor_ids
        if not users:
            advisors = self.env.ref("dealer_aftersales.group_service_advisor").sudo()
            managers = self.env.ref("dealer_aftersales.group_service_manager").sudo()
            users = advisors.all_user_ids - managers.all_user_ids
        return users.filtered(lambda u: u.active and self in u.company_ids)
