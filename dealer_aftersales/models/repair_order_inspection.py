# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class RepairOrder(models.Model):
    """Inspections of the car, at reception and before it leaves."""

    _inherit = "repair.order"

    inspection_ids = fields.One2many("dealer.inspection", "repair_id", "Inspections")
    finding_ids = fields.One2many(
        "dealer.inspection.line",
        "repair_id",
        "Findings",
        domain=[("result", "in", ("soon", "now")), ("kind", "=", "reception")],
    )
