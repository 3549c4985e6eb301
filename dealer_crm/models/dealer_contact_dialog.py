# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

GENERAL_PURPOSES = (
    "inquiry",
    "follow_up",
    "after_service",
    "after_delivery",
    "care",
    "complaint",
    "other",
)


class DealerContact(models.Model):
    """The one dialog to log a contact: buttons instead of menus, proposals to keep.

    Its questions are no columns of the ledger; their answers are.
    """

    _inherit = "dealer.contact"

    purpose_choices = fields.Json(compute="_compute_purpose_choices")
    next_purpose_choices = fields.Json(compute="_compute_purpose_choices")
    is_grade_asked = fields.Boolean(compute="_compute_grade_question")
    grade_question = fields.Char("Grade so far", compute="_compute_grade_question")
    grade_answer_choices = fields.Json(compute="_compute_grade_question")
    grade_answer = fields.Selection(
        [
            ("keep", "Keep"),
            ("proposed", "Take the Proposal"),
            ("other", "Another Grade"),
        ],
        "Still right?",
        compute="_compute_grade_answer",
        readonly=False,
    )

    @api.depends("lead_id", "purpose")
    def _compute_purpose_choices(self):
        """Of a lead only what a follow-up is for, else what desks are asked for."""
        follow_up = list(self._get_follow_up_purposes())
        for contact in self:
            choices = follow_up if contact.lead_id else list(GENERAL_PURPOSES)
            if contact.purpose and contact.purpose not in choices:
                choices = [contact.purpose, *choices]
            contact.purpose_choices = choices
            contact.next_purpose_choices = follow_up

    @api.depends("lead_id", "outcome")
    def _compute_grade_question(self):
        for contact in self:
            lead = contact.lead_id
            contact.is_grade_asked = bool(
                contact.outcome == "reached"
                and lead.won_status == "pending"
                and not lead.grade_missing
            )
            proposed = lead.grade_proposal_id
            is_new = bool(proposed and proposed != lead.grade_id)
            kinds = {"keep": bool(lead.grade_id), "proposed": is_new, "other": True}
            contact.grade_answer_choices = [kind for kind, on in kinds.items() if on]
            contact.grade_question = contact._get_grade_question(is_new)

    def _get_grade_question(self, is_new):
        """The grade now, and what is proposed instead with its reason."""
        lead = self.lead_id
        parts = [
            self.env._("now %(grade)s", grade=lead.grade_id.display_name)
            if lead.grade_id
            else self.env._("no grade yet")
        ]
        if lead.grade_id and lead.grade_lapsed_on:
            parts.append(self.env._("its time has passed"))
        if is_new:
            parts.append(
                self.env._(
                    "proposal %(grade)s (%(reason)s)",
                    grade=lead.grade_proposal_id.display_name,
                    reason=lead._get_proposal_reason(),
                )
            )
        return " · ".join(parts)

    @api.depends("lead_id", "outcome")
    def _compute_grade_answer(self):
        """Keep is proposed where nothing speaks against it; a doubt is answered."""
        for contact in self:
            lead = contact.lead_id
            proposed = lead.grade_proposal_id
            is_doubt = lead.grade_lapsed_on or (proposed and proposed != lead.grade_id)
            if not lead.grade_id and not proposed:
                contact.grade_answer = "other"  # the only answer there is
            else:
                contact.grade_answer = False if is_doubt else "keep"

    @api.onchange("grade_answer", "outcome")
    def _onchange_grade_answer(self):
        lead = self.lead_id
        is_proposed = self.grade_answer == "proposed" and self.is_grade_asked
        self.grade_id = is_proposed and lead.grade_proposal_id
        self.grade_reason = is_proposed and lead._get_proposal_reason()

    @api.onchange("outcome")
    def _onchange_outcome_channel(self):
        """Too often in vain: the next attempt is proposed by another channel."""
        if self.lead_id and self._get_attempt_hint():
            self.next_channel = self.lead_id._get_other_channel(self.channel)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._answer_grade(dict(vals)) for vals in vals_list])

    @api.model
    def _answer_grade(self, vals):
        """Turn the answer to the grade question into the grade of this contact.

        :raises ValidationError: see :meth:`_check_other_grade`
        """
        answer = vals.pop("grade_answer", None)
        if not answer or not vals.get("lead_id"):
            return vals
        if vals.get("outcome") != "reached":
            return vals
        lead = self.env["crm.lead"].browse(vals["lead_id"])
        if answer == "keep":
            vals |= {"grade_id": lead.grade_id.id, "grade_reason": False}
        elif answer == "proposed":
            vals |= {
                "grade_id": lead.grade_proposal_id.id,
                "grade_reason": lead._get_proposal_reason(),
            }
        else:
            self._check_other_grade(vals, lead)
        return vals

    @api.model
    def _check_other_grade(self, vals, lead):
        """:raises ValidationError: which one? And why, where there was a grade"""
        reason = (vals.get("grade_reason") or "").strip()
        if not vals.get("grade_id") or (lead.grade_id and not reason):
            raise ValidationError(
                self.env._("Another Grade: choose which one, and say why.")
            )
