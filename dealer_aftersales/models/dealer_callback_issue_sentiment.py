# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

SENTIMENTS = [
    ("negative", "Negative"),
    ("neutral", "Neutral"),
    ("positive", "Positive"),
]


class DealerCallbackIssue(models.Model):
    """A tag says what was named, and whether it pleased or annoyed."""

    _inherit = "dealer.callback.issue"

    sentiment = fields.Selection(
        SENTIMENTS,
        required=True,
        default="negative",
        help="Praise is positive: it is counted, but stands in no ranking of problems.",
    )
    rule_ids = fields.One2many("dealer.remark.rule", "issue_id", "Keyword Rules")

    def _filter_problems(self):
        """What was named without the praise."""
        return self.filtered(lambda issue: issue.sentiment != "positive")
