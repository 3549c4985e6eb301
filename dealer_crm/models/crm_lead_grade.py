# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.grade import missing_for_grade


class CrmLead(models.Model):
    """The grade of a prospect: a person decides, the ladder proposes, a log keeps."""

    _inherit = "crm.lead"

    grade_id = fields.Many2one(
        "dealer.grade",
        index="btree_not_null",
        copy=False,
        domain="[('ladder_id', '=', grade_ladder_id)]",
        group_expand="_read_group_grade_id",
    )
    grade_color = fields.Integer(related="grade_id.color", string="Grade Colour")
    grade_ladder_id = fields.Many2one(
        "dealer.grade.ladder", compute="_compute_grade_ladder_id"
    )
    grade_date = fields.Date(
        "Graded on", readonly=True, copy=False, help="Day of the last decision."
    )
    grade_reason = fields.Char("Reason for the Grade", copy=False)
    purchase_date_expected = fields.Date("Expected Purchase", tracking=True)
    days_to_purchase = fields.Integer(compute="_compute_days_to_purchase")
    grade_missing = fields.Char(
        "Missing for a Grade",
        compute="_compute_grade_missing",
        help="Without name, phone and model a prospect has no grade.",
    )
    grade_proposal_id = fields.Many2one(
        "dealer.grade", "Proposed Grade", compute="_compute_grade_proposal_id"
    )
    is_grade_due = fields.Boolean(
        "Grade to be decided",
        compute="_compute_is_grade_due",
        search="_search_is_grade_due",
    )
    grade_log_ids = fields.One2many(
        "dealer.grade.log",
        "lead_id",
        "Grade Path",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("company_id")
    def _compute_grade_ladder_id(self):
        for lead in self:
            company = lead.company_id or self.env.company
            lead.grade_ladder_id = company.sudo().grade_ladder_id

    @api.depends("purchase_date_expected", "company_id")
    def _compute_days_to_purchase(self):
        for lead in self:
            day = lead.purchase_date_expected
            company = lead.company_id or self.env.company
            lead.days_to_purchase = day and (day - company._get_dealer_today()).days

    @api.depends(
        "contact_name", "partner_name", "partner_id", "phone", "vehicle_model_id"
    )
    def _compute_grade_missing(self):
        labels = {
            "name": self.env._("name"),
            "phone": self.env._("phone"),
            "model": self.env._("model of interest"),
        }
        for lead in self:
            missing = lead._get_missing_for_grade()
            lead.grade_missing = ", ".join(labels[key] for key in missing)

    def _get_missing_for_grade(self):
        self.ensure_one()
        return missing_for_grade(
            self.contact_name or self.partner_name or self.partner_id.name,
            self.phone,
            self.vehicle_model_id.id,
        )

    @api.depends("purchase_date_expected", "stage_id", "grade_missing", "company_id")
    def _compute_grade_proposal_id(self):
        for lead in self:
            if lead.grade_missing or not lead.purchase_date_expected:
                lead.grade_proposal_id = False
                continue
            lead.grade_proposal_id = lead.grade_ladder_id.grade_ids._propose(
                lead.days_to_purchase, lead.stage_id
            )

    @api.depends("grade_id", "grade_missing", "won_status")
    def _compute_is_grade_due(self):
        for lead in self:
            lead.is_grade_due = (
                not lead.grade_id
                and not lead.grade_missing
                and lead.won_status == "pending"
            )

    def _search_is_grade_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            ("grade_id", "=", False),
            ("won_status", "=", "pending"),
            ("phone", "!=", False),
            ("vehicle_model_id", "!=", False),
            "|",
            "|",
            ("contact_name", "!=", False),
            ("partner_name", "!=", False),
            ("partner_id", "!=", False),
        ]

    def _read_group_grade_id(self, grades, domain):
        """The drawers: every grade of the branch's ladder, empty ones too."""
        return self.env.company.sudo().grade_ladder_id.grade_ids | grades

    @api.constrains("grade_id")
    def _check_grade_of_ladder(self):
        """Checked when a grade is decided: older ones outlive a change of ladder."""
        for lead in self.filtered("grade_id"):
            ladder = lead.grade_ladder_id
            if ladder and lead.grade_id.ladder_id != ladder:
                raise ValidationError(
                    self.env._(
                        "Grade %(grade)s belongs to another ladder; this branch uses "
                        "%(ladder)s.",
                        grade=lead.grade_id.display_name,
                        ladder=ladder.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        graded = leads.filtered("grade_id")
        graded._check_grade_possible()
        graded._log_grades({})
        (leads - graded)._plan_first_contact()
        return leads

    def write(self, vals):
        before = {lead.id: lead.grade_id for lead in self}
        if "grade_id" in vals:
            # a reason belongs to one decision
            vals = {"grade_reason": False, **vals}
        result = super().write(vals)
        if "grade_id" in vals:
            self.filtered("grade_id")._check_grade_possible()
            self.filtered(lambda x: before[x.id] != x.grade_id)._log_grades(before)
        else:
            self._drop_impossible_grades()
        return result

    def _check_grade_possible(self):
        """:raises ValidationError: a grade by hand while the card is incomplete"""
        for lead in self.filtered("grade_missing"):
            raise ValidationError(
                self.env._(
                    "Grade of %(lead)s: not possible while this is missing: "
                    "%(missing)s.",
                    lead=lead.display_name,
                    missing=lead.grade_missing,
                )
            )

    def _drop_impossible_grades(self):
        """Seed 004: one of name, phone, model missing means 无级, by itself."""
        for lead in self.filtered(lambda x: x.grade_id and x.grade_missing):
            lead.sudo().with_context(dealer_grade_by_rule=True).write(
                {
                    "grade_id": False,
                    "grade_reason": self.env._(
                        "missing: %(fields)s", fields=lead.grade_missing
                    ),
                }
            )

    def _log_grades(self, before):
        """One log line per change; the next contact follows from the new grade."""
        automatic = self.env.su and bool(self.env.context.get("dealer_grade_by_rule"))
        self.env["dealer.grade.log"].sudo().create(
            [lead._prepare_grade_log_values(before, automatic) for lead in self]
        )
        self._mark_decided(is_change=True)
        self.filtered(
            lambda x: x.grade_id
            and (x.id in before or not x.next_contact_date)
            and x._is_planned_by_grade()
        )._plan_next_contact()

    def _prepare_grade_log_values(self, before, automatic):
        self.ensure_one()
        return {
            "lead_id": self.id,
            "user_id": self.env.uid,
            "consultant_id": self.user_id.id,
            "grade_from_id": before[self.id].id if self.id in before else False,
            "grade_to_id": self.grade_id.id,
            "step": self.env["dealer.grade.log"]._get_step(),
            "stage_id": self.stage_id.id,
            "purchase_date_expected": self.purchase_date_expected,
            "reason": self.grade_reason,
            "is_automatic": automatic,
            "company_id": self.company_id.id or self.env.company.id,
        }

    def action_use_grade_proposal(self):
        """Take the proposed grade, with the rule as the reason."""
        for lead in self.filtered("grade_proposal_id"):
            lead.write(
                {
                    "grade_id": lead.grade_proposal_id.id,
                    "grade_reason": lead._get_proposal_reason(),
                }
            )
        return True

    def _get_proposal_reason(self):
        """Why this grade is proposed, in words for the grade path."""
        self.ensure_one()
        return self.env._(
            "proposed: purchase in %(days)d days", days=self.days_to_purchase
        )
