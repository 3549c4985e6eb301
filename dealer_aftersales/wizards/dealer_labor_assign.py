# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerLaborAssign(models.TransientModel):
    """Who does the work: technicians with their skills and what they have to do."""

    _name = "dealer.labor.assign"
    _inherit = "dealer.reference.mixin"
    _description = "Assign Work"

    labor_id = fields.Many2one("dealer.repair.labor", required=True, readonly=True)
    repair_id = fields.Many2one(related="labor_id.repair_id")
    skill_ids = fields.Many2many(related="labor_id.product_id.skill_ids")
    hours = fields.Float(related="labor_id.hours")
    line_ids = fields.One2many("dealer.labor.assign.line", "assign_id", "Technicians")

    @api.model
    def _get_guarded_references(self):
        return ("labor_id",)

    @api.model
    def _open_for(self, labor):
        """The dialog for a labour line, best choice first."""
        users = self.env["res.users"]._get_technicians(labor.company_id)
        skills = labor.product_id.sudo().skill_ids
        lines = [
            (
                0,
                0,
                {"user_id": user.id, "lacks": ", ".join(lacks.mapped("name")) or False},
            )
            for user, lacks in users._rank_technicians(skills)
        ]
        assign = self.create({"labor_id": labor.id, "line_ids": lines})
        return {
            "type": "ir.actions.act_window",
            "name": labor.name,
            "res_model": self._name,
            "res_id": assign.id,
            "views": [(False, "form")],
            "target": "new",
        }


class DealerLaborAssignLine(models.TransientModel):
    _name = "dealer.labor.assign.line"
    _description = "Technician to choose"
    _order = "id"

    assign_id = fields.Many2one(
        "dealer.labor.assign", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "Technician", readonly=True)
    skill_ids = fields.Many2many(related="user_id.skill_ids", related_sudo=True)
    lacks = fields.Char(readonly=True)
    open_labor_hours = fields.Float(related="user_id.open_labor_hours")

    def action_choose(self):
        """He does it.

        :raises AccessError: for who may not change the line
        """
        self.ensure_one()
        self.assign_id.labor_id.technician_id = self.user_id
        return {"type": "ir.actions.act_window_close"}


class DealerRepairLabor(models.Model):
    _inherit = "dealer.repair.labor"

    def action_assign(self):
        """Ask who does this work."""
        self.ensure_one()
        self.check_access("write")
        return self.env["dealer.labor.assign"]._open_for(self)
