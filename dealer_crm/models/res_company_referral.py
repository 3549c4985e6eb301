# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What the branch gives for a referral."""

    _inherit = "res.company"

    referral_points = fields.Integer(
        "Points per Referral",
        help="Points of the first loyalty programme for the referrer when the customer "
        "he brought buys. Zero: none. Needs the Loyalty app.",
    )

    _referral_points_check = models.Constraint(
        "CHECK (COALESCE(referral_points, 0) >= 0)",
        "Points per referral are not negative.",
    )
