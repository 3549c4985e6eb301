# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What the branch decided about follow-ups, and when a record looks odd."""

    _inherit = "res.company"

    key_follow_up_percent = fields.Integer(
        "Interval of Key Follow-ups (%)",
        default=50,
        help="Share of the grade's interval after which a key customer is contacted "
        "again; at least one day.",
    )
    attempt_limit = fields.Integer(
        "Attempts before another Channel",
        default=3,
        help="After so many attempts in vain another channel is proposed. 0: never.",
    )
    odd_copy_count = fields.Integer(
        "Same Text (times)",
        default=3,
        help="A text that one person uses so often looks copied. 0: not looked at.",
    )
    odd_copy_days = fields.Integer(
        "Same Text within (days)",
        default=7,
        help="Days within which the same text counts.",
    )
    odd_burst_calls = fields.Integer(
        "Calls in one Minute",
        default=20,
        help="So many outgoing calls of one person logged within a minute look made "
        "up. 0: not looked at.",
    )
    odd_short_length = fields.Integer(
        "Shortest Text (characters)",
        default=4,
        help="A follow-up that says less looks empty. 0: not looked at.",
    )
    odd_late_days = fields.Integer(
        "Logged late after (days)",
        default=1,
        help="Days between a contact and its entry. 0: not looked at.",
    )

    _key_follow_up_percent_check = models.Constraint(
        "CHECK (key_follow_up_percent BETWEEN 1 AND 100)",
        "The interval of key follow-ups is between 1 and 100 percent.",
    )
    _odd_copy_days_check = models.Constraint(
        "CHECK (odd_copy_days BETWEEN 1 AND 60)",
        "The same text is looked for within 1 to 60 days.",
    )

    def _get_sales_managers(self):
        """Sales managers of the branch, general managers last."""
        self.ensure_one()
        managers = self.env.ref("dealer_crm.group_sales_manager").sudo().all_user_ids
        above = self.env.ref("dealer_crm.group_general_manager").sudo().all_user_ids
        return managers.filtered(
            lambda user: user.active and self in user.company_ids
        ).sorted(lambda user: (user in above, user.company_id != self, user.id))
