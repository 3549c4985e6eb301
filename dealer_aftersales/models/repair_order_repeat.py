# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class RepairOrder(models.Model):
    """The same complaint again: a repeat repair, or a claim on the workmanship."""

    _inherit = "repair.order"

    is_repeat = fields.Boolean(
        "Repeat Repair",
        readonly=True,
        copy=False,
        help="A symptom of this order was treated on the car shortly before.",
    )
