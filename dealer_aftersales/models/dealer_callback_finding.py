# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: Questions whose answer may be too low.
JUDGED = ("overall", "part")


class DealerCallback(models.Model):
    """A bad answer: why it came to that, and whether it is a complaint (seed 003).

    Without both a call with a bad answer is not closed. Who answered by himself, or
    whose call the night closed, is on the list of findings to complete.
    """

    _inherit = "dealer.callback"

    has_finding = fields.Boolean(
        "Bad Answer", readonly=True, copy=False, help="An answer is below its limit."
    )
    is_finding_shown = fields.Boolean(compute="_compute_is_finding_shown")
    is_finding_open = fields.Boolean(
        "Finding to complete",
        compute="_compute_is_finding_open",
        search="_search_is_finding_open",
        help="Reached with a bad score, and the cause or the decision on a complaint "
        "is missing.",
    )
    cause_id = fields.Many2one(
        "dealer.cause",
        index="btree_not_null",
        ondelete="restrict",
        help="Why it came to the bad answer: a person, the process, a part, the "
        "communication.",
    )
    complaint_choice = fields.Selection(
        [("yes", "Yes"), ("no", "No")], "Is it a Complaint?", copy=False
    )

    _finding_idx = models.Index("(company_id, date_due) WHERE has_finding")

    @api.depends("has_finding", "cause_id", "complaint_choice")
    def _compute_is_finding_shown(self):
        """The card shows it earlier: with the key that gives the bad answer."""
        for callback in self:
            callback.is_finding_shown = bool(
                callback.has_finding or callback.cause_id or callback.complaint_choice
            )

    @api.depends(
        "state",
        "has_finding",
        "is_scored",
        "is_satisfied",
        "cause_id",
        "complaint_choice",
    )
    def _compute_is_finding_open(self):
        for callback in self:
            callback.is_finding_open = (
                callback.state == "reached"
                and callback._is_finding_needed()
                and bool(callback._get_missing_findings())
            )

    def _search_is_finding_open(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return (
            Domain("state", "=", "reached")
            & Domain("has_finding", "=", True)
            & Domain("company_id.finding_required", "=", True)
            & (Domain("is_scored", "=", False) | Domain("is_satisfied", "=", False))
            & (Domain("cause_id", "=", False) | Domain("complaint_choice", "=", False))
        )

    def _get_bad_lines(self):
        """The answers below the limit of their question."""
        return self._filter_bad(self.sudo().user_input_id.user_input_line_ids)

    @api.model
    def _filter_bad(self, lines):
        return lines.filtered(
            lambda line: not line.skipped
            and line.question_id.callback_measure in JUDGED
            and line.value_scale < line.question_id.satisfied_from
        )

    def _is_finding_needed(self):
        """The overall score is below its limit; where it was not asked, any answer."""
        self.ensure_one()
        if not (self.has_finding and self.sudo().company_id.finding_required):
            return False
        return not (self.is_scored and self.is_satisfied)

    def _get_missing_findings(self):
        return [name for name in ("cause_id", "complaint_choice") if not self[name]]

    def _check_finding(self):
        """:raises ValidationError: naming what is missing for a bad answer"""
        for callback in self:
            if not callback._is_finding_needed():
                continue
            for name in callback._get_missing_findings():
                line = callback._get_bad_lines()[:1]
                raise ValidationError(
                    self.env._(
                        "%(field)s: to be filled in, because '%(question)s' was "
                        "answered with %(value)s.",
                        field=self._fields[name]._description_string(self.env),
                        question=line.question_id.title,
                        value=line.value_scale,
                    )
                )

    def _check_attempt(self, contact):
        result = super()._check_attempt(contact)
        if contact.outcome == "reached" and not self._is_taking_link_answers():
            self._check_finding()
        return result
