# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

DIRECTOR = "dealer_crm.group_general_manager"


class ResCompany(models.Model):
    """How the branch handles complaints, and who stands behind them."""

    _inherit = "res.company"

    complaint_user_id = fields.Many2one(
        "res.users",
        "Complaints go to",
        help="In charge of every new complaint. Empty: who enters it, or somebody in "
        "customer relations.",
    )
    complaint_repeat_months = fields.Integer(
        "Same Cause within (months)",
        default=6,
        help="A complaint whose cause came up so shortly before is marked as repeated.",
    )
    complaint_repeat_count = fields.Integer(
        "Propose Prevention from",
        default=3,
        help="So many complaints with one cause within these months propose a "
        "preventive measure. 0: never.",
    )
    silent_score_months = fields.Integer(
        "Look back for bad Scores (months)",
        default=12,
        help="Silent Dissatisfaction: how old a bad answer may be.",
    )
    silent_overdue_percent = fields.Integer(
        "Stays away after (% of the interval)",
        default=150,
        help="A customer stays away when so much of his usual time between two visits "
        "has passed.",
    )

    _complaint_check = models.Constraint(
        "CHECK (complaint_repeat_months > 0 AND complaint_repeat_count >= 0 "
        "AND silent_score_months > 0 AND silent_overdue_percent >= 100)",
        "Complaints: months are above zero, the interval is at least 100 percent.",
    )

    def _get_complaint_staff(self, name, is_director_last=True):
        """Active users of a group who work at the branch, general managers last."""
        self.ensure_one()
        above = self.env.ref(DIRECTOR).sudo().all_user_ids
        users = (
            self.env.ref(name)
            .sudo()
            .all_user_ids.filtered(
                lambda user: user.active and not user.share and self in user.company_ids
            )
        )
        # the administrator runs the system, he hears of it where nobody else is
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        return users.sorted(
            lambda user: (
                user == admin,
                is_director_last and user in above,
                user.company_id != self,
                user.id,
            )
        )

    def _get_complaint_handlers(self):
        """Customer relations first, then the service managers."""
        care = self._get_complaint_staff("dealer_aftersales.group_customer_relations")
        return care | self._get_complaint_managers("service")

    def _get_complaint_managers(self, department):
        """Managers who answer for a department."""
        if department == "sales":
            return self._get_sales_managers()
        return self._get_complaint_staff("dealer_aftersales.group_service_manager")

    def _get_directors(self):
        return self._get_complaint_staff(DIRECTOR, is_director_last=False)
