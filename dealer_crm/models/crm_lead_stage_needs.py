# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

NEEDS_STAGE = "dealer_crm.stage_needs"


class CrmLead(models.Model):
    """The needs of the customer: the current analysis and those before."""

    _inherit = "crm.lead"

    needs_analysis_id = fields.Many2one(
        "dealer.needs.analysis",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    needs_analysis_ids = fields.One2many(
        "dealer.needs.analysis",
        "lead_id",
        "Needs Analyses",
        groups="dealer_crm.group_sales_consultant",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_needs_stamp(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_needs_stamp(vals)
        return super().write(vals)

    @api.model
    def _check_needs_stamp(self, vals):
        """:raises AccessError: when a client names the current analysis himself"""
        name = "needs_analysis_id"
        is_given = name in vals or f"default_{name}" in self.env.context
        if is_given and not self.env.su:
            raise AccessError(
                self.env._("The current needs analysis is noted by the system.")
            )

    def action_open_needs(self):
        """The current analysis, or a new one with all that is known."""
        self.ensure_one()
        return self._get_needs_action(self.sudo().needs_analysis_id.id)

    def _get_needs_action(self, analysis_id):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Needs Analysis"),
            "res_model": "dealer.needs.analysis",
            "res_id": analysis_id,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_lead_id": self.id},
        }

    def _enter_needs_stage(self):
        """Whose needs are known stands at least there, if nothing else is missing."""
        stage = self.env["crm.stage"]._get_known(NEEDS_STAGE)
        for lead in self.filtered(lambda x: stage and x.won_status == "pending"):
            if not lead.stage_id or lead.stage_id._get_rank() < stage._get_rank():
                passed = stage._get_passed(lead.stage_id, stage)
                if not lead._get_missing_for_stages(passed):
                    lead.stage_id = stage

    def _enter_filed_stage(self):
        """A lead that was only waiting to be put on file goes on."""
        result = super()._enter_filed_stage()
        self.filtered("needs_analysis_id")._enter_needs_stage()
        return result

    def _merge_dependences(self, opportunities):
        """Analyses of merged leads stay; the current one remains the current one."""
        result = super()._merge_dependences(opportunities)
        analyses = opportunities.sudo().needs_analysis_ids
        analyses.write({"lead_id": self.id})
        if analyses and not self.needs_analysis_id:
            self.sudo().needs_analysis_id = analyses.sorted()[:1]
        return result
