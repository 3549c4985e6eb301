# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResCompany(models.Model):
    """Who answers for the workshop of a branch."""

    _inherit = "res.company"

    def _get_service_manager(self):
        """The branch's service manager, else the general manager, or nobody."""
        self.ensure_one()
        managers = self.env.ref("dealer_aftersales.group_service_manager").sudo()
        general = self.env.ref("dealer_crm.group_general_manager").sudo()
        users = managers.all_user_ids.filtered(
            lambda u: u.active and not u.share and self in u.company_ids
        )
        own = users - general.all_user_ids
        return (own or users).sorted("id")[:1]
