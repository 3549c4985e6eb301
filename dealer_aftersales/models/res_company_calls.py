# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How a branch calls its customers, and how its calls are checked."""

    _inherit = "res.company"

    finding_required = fields.Boolean(
        "Ask for Cause and Complaint",
        default=True,
        help="A call with a bad answer is closed with a cause and the decision whether "
        "it is a complaint.",
    )
    check_copied_calls = fields.Integer(
        "Same Answers in a Row",
        default=5,
        help="So many calls of one caller with the same remark or the same answers are "
        "looked at. 0: never.",
    )
    check_top_calls = fields.Integer(
        "All Top Scores in a Row",
        default=20,
        help="So many calls of one caller with nothing but the best answer are looked "
        "at. 0: never.",
    )
    check_fast_calls = fields.Integer(
        "Calls closed within a Minute",
        default=20,
        help="So many calls closed by one person within a minute are looked at. "
        "0: never.",
    )
    second_call_share = fields.Float(
        "Called a second Time (%)",
        default=5.0,
        help="Share of each caller's reached calls of a month that somebody else "
        "calls again. 0: none.",
    )

    _calls_check = models.Constraint(
        "CHECK (check_copied_calls >= 0 AND check_copied_calls <> 1"
        " AND check_top_calls >= 0 AND check_top_calls <> 1"
        " AND check_fast_calls >= 0 AND check_fast_calls <> 1"
        " AND second_call_share BETWEEN 0 AND 100)",
        "Checks of calls: 0 or at least 2 calls in a row, a share of 0 to 100 %.",
    )

    def _get_callers(self):
        """Active users who call for the branch: its customer relations people.

        General managers have the role as well and are left out, unless nobody else
        calls.
        """
        self.ensure_one()
        care = self.env.ref("dealer_aftersales.group_customer_relations").sudo()
        general = self.env.ref("dealer_crm.group_general_manager").sudo()
        users = care.all_user_ids.filtered(
            lambda u: u.active and not u.share and self in u.company_ids
        )
        return (users - general.all_user_ids or users).sorted("id")
