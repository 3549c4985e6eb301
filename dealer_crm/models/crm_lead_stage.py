# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .crm_stage import FILED_STAGE, LOST_STAGE

BEFORE_LOST = "stage_before_lost_id"


class CrmLead(models.Model):
    """The way of a lead through the stages: forward when it has what each needs.

    Being on file and the stage of that name go together. The lost stage belongs to
    lost leads only: entered by marking a lead lost, left by restoring it.
    """

    _inherit = "crm.lead"

    stage_before_lost_id = fields.Many2one(
        "crm.stage", "Lost in Stage", readonly=True, copy=False, ondelete="set null"
    )
    stage_log_ids = fields.One2many(
        "dealer.stage.log",
        "lead_id",
        "Way through the Stages",
        groups="dealer_crm.group_dealer_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_stage_stamp(vals)
        leads = super().create(vals_list)
        none = self.env["crm.stage"]
        leads._follow_stages(dict.fromkeys(leads.ids, none))
        leads.filtered("is_on_file")._enter_filed_stage()
        return leads

    def write(self, vals):
        self._check_stage_stamp(vals)
        if "stage_id" in vals:
            before = {lead.id: lead.stage_id for lead in self}
            result = super().write(vals)
            moved = self.filtered(lambda x: x.stage_id != before[x.id])
            if moved:
                moved._follow_stages(before)
        else:
            result = super().write(vals)
        if "is_on_file" in vals:
            self.filtered("is_on_file")._enter_filed_stage()
            self.filtered(lambda x: not x.is_on_file)._leave_filed_stage()
        return result

    @api.model
    def _check_stage_stamp(self, vals):
        """:raises AccessError: when a client says where a lead was lost"""
        is_given = BEFORE_LOST in vals or f"default_{BEFORE_LOST}" in self.env.context
        if is_given and not self.env.su:
            raise AccessError(
                self.env._("In which stage a lead was lost is noted by the system.")
            )

    def _follow_stages(self, before):
        """What a new stage asks for, and what follows from it.

        :param dict before: crm.stage by lead id, empty for a new lead
        """
        if not self.env.su:
            self._check_lost_stage()
            self._check_stage_requirements(before)
        self.env["dealer.stage.log"]._note_stages(self)
        filed = self.env["crm.stage"]._get_known(FILED_STAGE)
        complete = self.filtered(
            lambda x: filed
            and not x.is_on_file
            and x.stage_id
            and x.won_status != "lost"
            and x.stage_id._get_rank() >= filed._get_rank()
            and not x._get_missing_on_file()
        )
        if complete:
            complete.write({"is_on_file": True})

    def _check_lost_stage(self):
        """:raises UserError: into Lost without its dialog, or out of it by hand"""
        lost = self.env["crm.stage"]._get_known(LOST_STAGE)
        for lead in self if lost else ():
            if (lead.stage_id == lost) == (lead.won_status == "lost"):
                continue
            if lead.stage_id == lost:
                raise UserError(
                    self.env._(
                        "%(lead)s: a lead is lost by its button 'Lost', which asks "
                        "for the reason.",
                        lead=lead.display_name,
                    )
                )
            raise UserError(
                self.env._(
                    "%(lead)s is lost: restore it before you move it on.",
                    lead=lead.display_name,
                )
            )

    def _check_stage_requirements(self, before):
        """:raises ValidationError: names all that a lead lacks for its new stage"""
        ways = self.filtered(lambda x: x.won_status != "lost" and x._is_stage_bound())
        for (stage_from, stage_to, team), leads in ways.grouped(
            lambda x: (before[x.id], x.stage_id, x.team_id)
        ).items():
            passed = self.env["crm.stage"]._get_passed(stage_from, stage_to)
            passed = passed.filtered(
                lambda s, t=team: not s.team_ids or t in s.team_ids
            )
            for lead in leads:
                missing = lead._get_missing_for_stages(passed)
                if missing:
                    raise ValidationError(
                        self.env._(
                            "%(lead)s cannot move on to '%(stage)s' yet. Missing: "
                            "%(missing)s.",
                            lead=lead.display_name,
                            stage=stage_to.name,
                            missing=", ".join(missing),
                        )
                    )

    def _is_stage_bound(self):
        """Leads of CRM users without a role in the dealership go as they like."""
        self.ensure_one()
        if self.user_id:
            return self._is_planned_by_grade()
        return self.env.user.has_group("dealer_crm.group_dealer_user")

    def _get_missing_for_stages(self, stages):
        """Labels of what the lead lacks for ``stages``, each once, in their order."""
        self.ensure_one()
        labels = []
        for stage in stages.sudo():
            for field in stage.required_field_ids:
                labels += self._get_missing_for_requirement(field)
        return list(dict.fromkeys(labels))

    def _get_missing_for_requirement(self, field):
        """:param field: ir.model.fields of crm.lead
        :return: list of labels, empty when the field is filled in
        """
        self.ensure_one()
        if field.name == "is_on_file":
            return [] if self.is_on_file else self._get_missing_on_file()
        return [] if self.sudo()[field.name] else [field.field_description]

    def _enter_filed_stage(self):
        """Who is on file stands at least in that stage."""
        filed = self.env["crm.stage"]._get_known(FILED_STAGE)
        early = self.filtered(
            lambda x: filed
            and x.won_status == "pending"
            and (not x.stage_id or x.stage_id._get_rank() < filed._get_rank())
        )
        if early:
            early.write({"stage_id": filed.id})

    def _leave_filed_stage(self):
        """Taken off file, a lead goes back to where it came from."""
        filed = self.env["crm.stage"]._get_known(FILED_STAGE)
        for lead in self.filtered(lambda x: filed and x.stage_id == filed):
            first = lead._stage_find(domain=[("fold", "=", False)])
            if first and first != filed:
                lead.stage_id = first

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        """Core's scoring sees the stage in which a lead was lost, before and after."""

        def is_lost(status, lead):
            return status.get(lead.id, {}).get("is_lost", False)

        leaving = self.filtered(
            lambda x: is_lost(old_status_by_lead, x)
            and not is_lost(new_status_by_lead, x)
        )
        entering = self.filtered(
            lambda x: is_lost(new_status_by_lead, x)
            and not is_lost(old_status_by_lead, x)
        )
        leaving._leave_lost_stage()
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        entering._enter_lost_stage()
        return result

    def _enter_lost_stage(self):
        lost = self.env["crm.stage"]._get_known(LOST_STAGE)
        for stage, leads in self.grouped("stage_id").items():
            if lost and stage != lost:
                # said again with the stage: core would take the day of closing away
                vals = {"stage_id": lost.id, BEFORE_LOST: stage.id, "active": False}
                leads.sudo().write(vals)

    def _leave_lost_stage(self):
        lost = self.env["crm.stage"]._get_known(LOST_STAGE)
        waiting = self.filtered(lambda x: lost and x.stage_id == lost)
        for stage, leads in waiting.grouped(BEFORE_LOST).items():
            stage = stage or leads[:1]._stage_find(domain=[("fold", "=", False)])
            leads.sudo().write({"stage_id": stage.id, BEFORE_LOST: False})

    def _pls_get_lead_pls_values(self, domain=None):
        """For core's scoring a lost lead counts in the stage in which it was lost."""
        values = super()._pls_get_lead_pls_values(domain)
        lost = self.env["crm.stage"]._get_known(LOST_STAGE)
        moved = [
            lead_id
            for lead_id, known in values.items()
            if lost
            and isinstance(lead_id, int)
            and ("stage_id", lost.id) in known["values"]
        ]
        for lead in self.sudo().browse(moved).exists():
            stage = lead.stage_before_lost_id
            known = values[lead.id]
            known["values"] = [
                (name, stage.id if name == "stage_id" else value)
                for name, value in known["values"]
                if name != "stage_id" or stage
            ]
        return values
