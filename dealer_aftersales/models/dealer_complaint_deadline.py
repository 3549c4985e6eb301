# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dealer_complaint import OPEN_STATES


class DealerComplaint(models.Model):
    """Until when a complaint is answered and settled, by its level (CMP-05).

    The deadlines are kept: hours that a manager changes later hold for new cases.
    """

    _inherit = "dealer.complaint"

    level_id = fields.Many2one(
        "dealer.complaint.level",
        compute="_compute_level_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        ondelete="restrict",
        tracking=True,
        domain="[('scope', '=', is_feedback and 'feedback' or 'complaint'),"
        " ('company_id', 'in', [company_id, False])]",
    )
    level_color = fields.Integer(related="level_id.color")
    date_answer_due = fields.Datetime(
        "First Answer until", compute="_compute_deadlines", store=True
    )
    date_close_due = fields.Datetime(
        "Closed until", compute="_compute_deadlines", store=True
    )
    date_due = fields.Datetime(
        "Next Deadline",
        compute="_compute_date_due",
        store=True,
        index="btree_not_null",
        help="The first answer, then the end; nothing when the case is over.",
    )
    is_answer_in_time = fields.Boolean(
        "Answered in Time", compute="_compute_in_time", store=True
    )
    is_close_in_time = fields.Boolean(
        "Closed in Time", compute="_compute_in_time", store=True
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_due_level", search="_search_is_late"
    )
    due_level = fields.Selection(
        [("danger", "Late"), ("warning", "Due within a Day")],
        "Urgency",
        compute="_compute_due_level",
    )

    @api.depends("kind", "company_id")
    def _compute_level_id(self):
        """A level somebody chose stays as long as it fits the kind."""
        levels = self.env["dealer.complaint.level"].sudo()
        for complaint in self:
            scope = "feedback" if complaint.is_feedback else "complaint"
            known = complaint.level_id
            if not known or known.scope != scope or not complaint._is_level_here(known):
                complaint.level_id = levels._get_default(
                    complaint.kind, complaint.company_id
                )

    def _is_level_here(self, level):
        """A level of all branches, or of this complaint's own."""
        self.ensure_one()
        return not level.company_id or level.company_id == self.company_id

    @api.depends("date_received", "date_reopened", "level_id", "company_id")
    def _compute_deadlines(self):
        for complaint in self:
            level, branch = complaint.level_id, complaint.company_id
            start = complaint.date_received
            if not level or not branch or not start:
                complaint.date_answer_due = complaint.date_close_due = False
                continue
            again = complaint.date_reopened or start
            complaint.date_answer_due = branch._get_dealer_deadline(
                start, level.answer_hours
            )
            complaint.date_close_due = branch._get_dealer_deadline(
                again, level.close_hours
            )

    @api.depends("state", "date_answered", "date_answer_due", "date_close_due")
    def _compute_date_due(self):
        for complaint in self:
            due = complaint.date_close_due
            if not complaint.date_answered:
                due = complaint.date_answer_due
            complaint.date_due = complaint.state in OPEN_STATES and due

    @api.depends("date_answered", "date_answer_due", "date_closed", "date_close_due")
    def _compute_in_time(self):
        for complaint in self:
            complaint.is_answer_in_time = self._is_before(
                complaint.date_answered, complaint.date_answer_due
            )
            complaint.is_close_in_time = self._is_before(
                complaint.date_closed, complaint.date_close_due
            )

    @api.model
    def _is_before(self, moment, due):
        return bool(moment and (not due or moment <= due))

    @api.depends("date_due")
    def _compute_due_level(self):
        now = fields.Datetime.now()
        for complaint in self:
            due = complaint.date_due
            complaint.is_late = bool(due and due < now)
            is_near = bool(due and due < now + timedelta(days=1))
            complaint.due_level = (
                "danger" if complaint.is_late else "warning" if is_near else False
            )

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("date_due", "<", fields.Datetime.now())]

    @api.constrains("level_id", "kind", "company_id")
    def _check_level(self):
        for complaint in self:
            level = complaint.level_id
            scope = "feedback" if complaint.is_feedback else "complaint"
            if level.scope != scope or not complaint._is_level_here(level):
                raise ValidationError(
                    self.env._(
                        "Level: '%(level)s' is not for this kind or this branch.",
                        level=level.name,
                    )
                )
