# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Set by the decisions themselves, never by a client.
SYSTEM_FIELDS = frozenset(
    {"grade_date", "grade_since", "grade_lapsed_on", "grade_refused_id"}
)


class CrmLead(models.Model):
    """The grade question: asked at each step of the sale, answered with a log line."""

    _inherit = "crm.lead"

    grade_since = fields.Date(
        "In this Grade since",
        readonly=True,
        copy=False,
        help="Day on which the grade changed last; a grade that is kept stays since.",
    )
    grade_lapsed_on = fields.Date(
        "Window passed on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The purchase window of the grade has passed without a purchase: the "
        "grade is to be decided again.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_grade_values(vals)
        if not self.env.su:
            clean = {f"default_{name}": False for name in SYSTEM_FIELDS}
            self = self.with_context(**clean)
        return super().create(vals_list)

    def write(self, vals):
        self._check_grade_values(vals)
        return super().write(vals)

    def _check_grade_values(self, vals):
        """:raises AccessError: a client sets what only a decision sets"""
        names = SYSTEM_FIELDS & {name for name, value in vals.items() if value}
        if names and not self.env.su:
            label = self._fields[min(names)]._description_string(self.env)
            raise AccessError(
                self.env._(
                    "%(field)s: it follows from the decisions on the grade.",
                    field=label,
                )
            )

    def _answer_grade_question(self, step, grade=None, reason=None):
        """Answer the question of a step: the grade stays, or another one is taken.

        Both leave a log line with the step, and the question is answered.

        :param str step: key of ``dealer.grade.log.step``, e.g. ``"test_drive"``
        :param grade: dealer.grade; none or the present one keeps it
        :param reason: in words; needed against the signs (see ``_judge_refusal``)
        """
        leads = self.with_context(dealer_grade_step=step)
        changed = leads.filtered(lambda x: grade and x.grade_id != grade)
        if changed:
            changed.write({"grade_id": grade.id, "grade_reason": reason or False})
        (leads - changed)._keep_grade(reason)

    def _keep_grade(self, reason=None):
        """Decided again, with the same result."""
        if not self:
            return
        self.check_access("write")
        same = {lead.id: lead.grade_id for lead in self}
        kept = {"decision": "keep", "reason": reason or False}
        self.env["dealer.grade.log"].sudo().create(
            [lead._prepare_grade_log_values(same, False) | kept for lead in self]
        )
        self._mark_decided()

    def _mark_decided(self, is_change=False):
        """Today's decision answers the question and starts the window anew."""
        for company, leads in self.grouped("company_id").items():
            day = (company or self.env.company)._get_dealer_today()
            values = {"grade_date": day, "grade_lapsed_on": False}
            if is_change:
                values["grade_since"] = day
            leads.sudo().write(values)

    def action_keep_grade(self):
        """The grade is still right."""
        self._answer_grade_question("other")
        return True
