# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class CrmLead(models.Model):
    """Signs ticked on a lead propose a grade; who decides otherwise says why."""

    _inherit = "crm.lead"

    sign_ids = fields.Many2many(
        "dealer.grade.sign",
        string="Signs",
        copy=False,
        domain="[('ladder_id', '=', grade_ladder_id)]",
        groups="dealer_crm.group_dealer_user",
    )
    grade_refused_id = fields.Many2one(
        "dealer.grade",
        "Refused Grade",
        readonly=True,
        copy=False,
        help="The signs point to it, the consultant gave a reason against it. Asked "
        "again when the signs change.",
    )

    def _get_sign_grade(self):
        """The grade that the ticked signs point to, unless it was refused."""
        self.ensure_one()
        grades = self.grade_ladder_id.grade_ids
        found = grades._propose_by_signs(self.sudo().sign_ids._origin)
        return found if found != self.grade_refused_id else grades.browse()

    @api.depends("sign_ids", "grade_refused_id")
    def _compute_grade_proposal_id(self):
        """The hottest of what the date, the old car and the signs propose."""
        result = super()._compute_grade_proposal_id()
        for lead in self.filtered(lambda x: not x.grade_missing):
            signed = lead._get_sign_grade()
            proposed = lead.grade_proposal_id
            if signed and (not proposed or signed.sequence < proposed.sequence):
                lead.grade_proposal_id = signed
        return result

    def _get_proposal_reason(self):
        self.ensure_one()
        signed = self._get_sign_grade()
        if signed and signed == self.grade_proposal_id:
            return self._get_sign_reason(signed)
        return super()._get_proposal_reason()

    def _get_sign_reason(self, grade):
        """The ticked signs of ``grade`` in words."""
        signs = self.sudo().sign_ids._origin.filtered(lambda s: s.grade_id == grade)
        names = ", ".join(signs.mapped("name"))
        return self.env._("signs: %(signs)s", signs=names)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.filtered("grade_id")._judge_refusal()
        return leads

    def write(self, vals):
        before = {lead.id: lead.grade_id for lead in self}
        result = super().write(vals)
        if "sign_ids" in vals:
            refused = self.filtered("grade_refused_id")
            refused.sudo().grade_refused_id = False
        if vals.get("grade_id"):
            self.filtered(lambda x: before[x.id] != x.grade_id)._judge_refusal()
        return result

    def _judge_refusal(self):
        """A person took a grade: was it against the signs?

        :raises ValidationError: a colder grade than the signs say, without a reason
        """
        for lead in self:
            signed = lead._get_sign_grade()
            if not signed or lead.grade_id.sequence <= signed.sequence:
                continue
            if not lead.grade_reason and not self.env.su:
                raise ValidationError(
                    self.env._(
                        "Reason for the Grade: the signs of %(lead)s point to grade "
                        "%(grade)s. Say why it is another one.",
                        lead=lead.display_name,
                        grade=signed.code,
                    )
                )
            lead.sudo().grade_refused_id = signed

    def _tick_sign(self, code):
        """Tick a sign by its code on open leads, as the system knows of it."""
        for ladder, leads in self.sudo().grouped("grade_ladder_id").items():
            sign = ladder.grade_ids.sign_ids.filtered(lambda s: s.code == code)
            unaware = leads.filtered(
                lambda x, sign=sign: x.won_status == "pending" and not sign & x.sign_ids
            )
            if sign and unaware:
                unaware.write({"sign_ids": [Command.link(sign[0].id)]})

    def _merge_dependences(self, opportunities):
        """What points to a grade was seen of the same customer."""
        result = super()._merge_dependences(opportunities)
        signs = opportunities.sudo().sign_ids - self.sudo().sign_ids
        if signs:
            self.sudo().sign_ids = [Command.link(sign.id) for sign in signs]
        return result
