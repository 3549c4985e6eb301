# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What the branch decided about follow-ups."""

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

    _key_follow_up_percent_check = models.Constraint(
        "CHECK (key_follow_up_percent BETWEEN 1 AND 100)",
        "The interval of key follow-ups is between 1 and 100 percent.",
    )
