# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.phone import classify_phone, normalize_cn_phone
from .res_partner_match import same_phone_domain


class ResPartner(models.Model):
    """One person, several branches: each keeps its own history of him.

    A branch learns that the group knows a number, and nothing else: no name, no
    branch, no car. With the person's consent the general manager of his branch
    opens the file for all of them.
    """

    _inherit = "res.partner"

    @api.model
    def _is_known_at_group(self, phone):
        """Whether a branch the user does not belong to has a file of this number."""
        number = normalize_cn_phone(phone or "")
        if classify_phone(number) not in ("mobile", "landline"):
            return False
        domain = (
            same_phone_domain(number)
            & Domain("file_state", "!=", False)
            & Domain("company_id", "not in", [False, *self.env.user.company_ids.ids])
        )
        return bool(self.sudo().search_count(domain, limit=1))

    @api.onchange("phone")
    def _onchange_phone_known_at_group(self):
        """Tell it once, when a new customer's phone is typed."""
        is_new_file = self.file_state and not self._origin
        if not is_new_file or not self._has_any_group(["group_dealer_user"]):
            return None
        if not self._is_known_at_group(self.phone):
            return None
        return {
            "warning": {
                "type": "notification",
                "title": self.env._("Known at the group"),
                "message": self.env._(
                    "Another branch has a file of this phone number. It stays closed "
                    "until the customer agrees that all branches know him."
                ),
            }
        }

    def action_share_with_group(self):
        """Open the file for all branches; the person must have agreed.

        Cars, repairs and talks stay with the branch they belong to.
        """
        if not self._has_any_group(["group_general_manager"]):
            raise AccessError(
                self.env._("Only the general manager opens a file for all branches.")
            )
        self.check_access("write")
        for partner in self.filtered("company_id"):
            if not partner._has_agreed_to_group():
                raise UserError(
                    self.env._(
                        "%(name)s has not agreed that all branches know him. Note the "
                        "consent first.",
                        name=partner.name,
                    )
                )
            partner.company_id = False
            self.env["dealer.access.log"]._log("share", partner)
        return True

    def _has_agreed_to_group(self):
        self.ensure_one()
        return bool(
            self.env["dealer.consent"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "=", self.id),
                    ("purpose", "=", "group"),
                    ("is_current", "=", True),
                    ("state", "=", "given"),
                ],
                limit=1,
            )
        )
