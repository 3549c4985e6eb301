# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools import complaint as rules

ESCALATIONS = [
    ("manager", "Manager of the Department"),
    ("director", "General Manager"),
]


class DealerComplaintLevel(models.Model):
    """How grave a complaint is: how fast it is answered and settled, who is told.

    Hours are working hours of the branch: nights, days off and holidays do not count.
    """

    _name = "dealer.complaint.level"
    _description = "Complaint Level"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        "When it is chosen", translate=True, help="Shown to those who enter complaints."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    scope = fields.Selection(
        [("complaint", "Complaints"), ("feedback", "Suggestions and Needs")],
        "Used for",
        required=True,
        default="complaint",
    )
    is_default = fields.Boolean(
        "Proposed", help="Taken for a new case until somebody chooses another."
    )
    answer_hours = fields.Float(
        "First Answer within (working hours)", required=True, default=8
    )
    close_hours = fields.Float(
        "Closed within (working hours)", required=True, default=40
    )
    answer_escalation = fields.Selection(
        ESCALATIONS, "No Answer in Time: tell", required=True, default="manager"
    )
    close_escalation = fields.Selection(
        ESCALATIONS, "Not closed in Time: tell", required=True, default="director"
    )
    company_id = fields.Many2one("res.company", "Branch")

    _hours_check = models.Constraint(
        "CHECK (answer_hours > 0 AND close_hours >= answer_hours)",
        "Hours: the first answer needs more than none, closing not less than it.",
    )

    @api.model
    def _get_default(self, kind, company):
        """The level proposed for a kind at a branch; its own before the shared ones.

        :return: ``dealer.complaint.level``, empty where managers removed them all
        """
        scope = "feedback" if rules.is_feedback(kind) else "complaint"
        levels = self.search(
            [("scope", "=", scope), ("company_id", "in", [company.id, False])]
        )
        return levels.sorted(
            lambda level: (not level.is_default, not level.company_id)
        )[:1]
