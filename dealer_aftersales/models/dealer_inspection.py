# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dealer_inspection_template import INSPECTION_KINDS


class DealerInspection(models.Model):
    """An inspection of the car of a repair order: at reception, or before delivery."""

    _name = "dealer.inspection"
    _description = "Inspection"
    _order = "id desc"
    _check_company_auto = True

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(INSPECTION_KINDS, required=True, default="reception")
    template_id = fields.Many2one("dealer.inspection.template", ondelete="restrict")
    company_id = fields.Many2one(
        related="repair_id.company_id", string="Branch", store=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="repair_id.vehicle_id", store=True, index="btree_not_null"
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    user_id = fields.Many2one(
        "res.users", "Inspected by", default=lambda self: self.env.user
    )
    date = fields.Datetime(default=fields.Datetime.now)
    date_done = fields.Datetime("Finished on", readonly=True, copy=False)
    note = fields.Text("Remarks")
    line_ids = fields.One2many("dealer.inspection.line", "inspection_id", "Points")
    open_count = fields.Integer("Open Points", compute="_compute_counts")
    finding_count = fields.Integer("Findings", compute="_compute_counts")

    @api.depends("kind", "repair_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for inspection in self:
            number = inspection.sudo().repair_id.name
            inspection.display_name = f"{kinds.get(inspection.kind)} {number}"

    @api.depends("line_ids.result")
    def _compute_counts(self):
        for inspection in self:
            results = inspection.line_ids.mapped("result")
            inspection.open_count = results.count(False)
            inspection.finding_count = sum(r in ("soon", "now") for r in results)
