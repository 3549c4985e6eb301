# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerStageReplace(models.TransientModel):
    """Ask which stage takes over the leads of one that is no longer wanted."""

    _name = "dealer.stage.replace"
    _description = "Replace a Stage"

    stage_id = fields.Many2one("crm.stage", required=True, readonly=True)
    lead_count = fields.Integer("Leads in it", compute="_compute_lead_count")
    new_stage_id = fields.Many2one(
        "crm.stage",
        "Takes its Leads",
        required=True,
        domain="[('id', '!=', stage_id), ('is_won', '=', is_won)]",
    )
    is_won = fields.Boolean(related="stage_id.is_won")

    def _compute_lead_count(self):
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        for wizard in self:
            wizard.lead_count = leads.search_count(
                [("stage_id", "=", wizard.stage_id.id)]
            )

    def action_replace(self):
        """Move the leads, delete the old stage and show the list of stages."""
        self.ensure_one()
        self.stage_id._replace_by(self.new_stage_id)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.crm_stage_action"
        )
