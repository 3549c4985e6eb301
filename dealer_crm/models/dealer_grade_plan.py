# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models


class DealerGradePlanLine(models.Model):
    """A step of the follow-up plan that a grade brings along."""

    _name = "dealer.grade.plan.line"
    _description = "Step of a Follow-up Plan"
    _order = "grade_id, counted_from, days, id"

    grade_id = fields.Many2one(
        "dealer.grade", required=True, index=True, ondelete="cascade"
    )
    ladder_id = fields.Many2one(related="grade_id.ladder_id")
    name = fields.Char("What to do", required=True, translate=True)
    counted_from = fields.Selection(
        [("grade", "After the Grading"), ("purchase", "Before the Purchase")],
        "Counted from",
        required=True,
        default="grade",
    )
    days = fields.Integer(required=True, default=7)
    purpose = fields.Selection(selection="_selection_purpose", required=True)
    channel = fields.Selection(
        selection="_selection_channel", required=True, default="phone"
    )

    _days_check = models.Constraint(
        "CHECK (days >= 0)", "Days of a step: not below zero."
    )

    @api.model
    def _selection_purpose(self):
        return self.env["crm.lead"]._selection_follow_up_purpose()

    @api.model
    def _selection_channel(self):
        return self.env["dealer.contact"]._get_choices("channel")

    def _get_steps(self, start, purchase):
        """The steps of ``self`` as [(date, line)], by date.

        What would come after the purchase is left out.

        :param date start: day of the grading
        :param purchase: expected purchase, False where it is not known or past
        """
        steps = []
        for line in self:
            if line.counted_from == "grade":
                day = start + timedelta(line.days)
            elif purchase:
                day = purchase - timedelta(line.days)
            else:
                continue
            if day > start and not (purchase and day > purchase):
                steps.append((day, line))
        return sorted(steps, key=lambda step: (step[0], step[1].id))


class DealerGrade(models.Model):
    _inherit = "dealer.grade"

    plan_line_ids = fields.One2many(
        "dealer.grade.plan.line", "grade_id", "Follow-up Plan", copy=True
    )
