# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """When a branch takes measures, and how it proves that they helped."""

    _inherit = "res.company"

    measure_issue_limit = fields.Integer(
        "Propose from (callbacks)",
        default=5,
        help="A problem named at that many callbacks of a month leads to a proposed "
        "preventive measure. 0: never.",
    )
    measure_recheck_days = fields.Integer(
        "Call again after (days)",
        default=7,
        help="Days after a measure was carried out on which its customers are asked.",
    )
    measure_effect_days = fields.Integer(
        "Compare with (days)",
        default=30,
        help="Days before the approval that the time after a measure is compared with.",
    )
    measure_least_answers = fields.Integer(
        "At least (callbacks)",
        default=5,
        help="With fewer callbacks before or since, the figure does not judge a "
        "measure.",
    )

    _measure_days_check = models.Constraint(
        "CHECK (measure_recheck_days >= 0 AND measure_effect_days > 0"
        " AND measure_issue_limit >= 0 AND measure_least_answers > 0)",
        "Measures: the days and numbers cannot be negative.",
    )

    def _get_general_manager(self):
        """Who approves the measures of the branch and hears of their end, or nobody."""
        return self._get_directors()[:1]
