# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

LOST_STAGE = "dealer_crm.stage_lost"
FILED_STAGE = "dealer_crm.stage_archived"


class CrmStage(models.Model):
    """Steps of a sale, and what a lead must have before it passes each of them."""

    _name = "crm.stage"
    _inherit = ["crm.stage", "dealer.copy.mixin"]

    required_field_ids = fields.Many2many(
        "ir.model.fields",
        "crm_stage_required_field_rel",
        "stage_id",
        "field_id",
        "Required of a Lead",
        domain=[("model", "=", "crm.lead"), ("ttype", "!=", "binary")],
        groups="dealer_crm.group_sales_manager",
        help="A lead enters this stage, or passes it, when these fields are filled in. "
        "'On File' stands for all that a lead on file must have.",
    )

    def _get_rank(self):
        """Place in the pipeline, to compare two stages of one list."""
        self.ensure_one()
        return (self.sequence, self.id)

    @api.model
    def _get_known(self, xmlid):
        """The stage shipped as ``xmlid``; empty when a manager has deleted it."""
        return self.env.ref(xmlid, raise_if_not_found=False) or self.browse()

    @api.model
    def _get_passed(self, stage_from, stage_to):
        """Stages a lead enters or jumps over on its way; none on the way back.

        Lost is no step: whatever stands there is passed by nobody.
        """
        start = stage_from._get_rank() if stage_from else (float("-inf"), 0)
        end = stage_to._get_rank() if stage_to else start
        lost = self._get_known(LOST_STAGE)
        stages = self.search(Domain.TRUE) - lost
        return stages.filtered(lambda s: start < s._get_rank() <= end)

    def _replace_by(self, stage):
        """Leads and their history of these stages count as of ``stage``; delete these.

        Set-based and without a trace at each lead: nothing happens to the leads, a
        column of the pipeline gets another name.

        :raises AccessError: for others than sales managers
        :raises UserError: when won and open stages would mix
        """
        if not self.env.user.has_group("dealer_crm.group_sales_manager"):
            raise AccessError(self.env._("Only a sales manager replaces stages."))
        if stage in self or any(s.is_won != stage.is_won for s in self):
            raise UserError(
                self.env._("Choose another stage, won for won and open for open.")
            )
        self.env.flush_all()
        for table, column, condition in self._get_references():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE %s IN %s AND %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    stage.id,
                    SQL.identifier(column),
                    tuple(self.ids),
                    condition,
                )
            )
        self.env.invalidate_all()
        self.sudo().unlink()

    @api.model
    def _get_references(self):
        """Columns that hold a stage's id: table, column and which of its rows."""
        field = self.env["ir.model.fields"]._get("crm.lead", "stage_id")
        of_stage = SQL("field_id = %s", field.id)
        return [
            ("crm_lead", "stage_id", SQL("TRUE")),
            ("crm_lead", "stage_before_lost_id", SQL("TRUE")),
            ("dealer_stage_log", "stage_id", SQL("TRUE")),
            ("dealer_grade_log", "stage_id", SQL("TRUE")),
            ("mail_tracking_value", "old_value_integer", of_stage),
            ("mail_tracking_value", "new_value_integer", of_stage),
        ]
