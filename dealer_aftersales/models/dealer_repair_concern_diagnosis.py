# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerRepairConcern(models.Model):
    """What was found behind a concern, and whether it was there before."""

    _inherit = "dealer.repair.concern"

    symptom_id = fields.Many2one("dealer.symptom", index="btree_not_null")
    cause = fields.Char()
    remedy = fields.Char()
    technician_id = fields.Many2one("res.users", "Diagnosed by")
    repeat_of_id = fields.Many2one(
        "repair.order",
        "Repeat of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The order after which the same symptom came back.",
    )
