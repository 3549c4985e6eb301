# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class RepairOrder(models.Model):
    """Commercial cars earn money only on the road: the fast lane (SEG-06)."""

    _inherit = "repair.order"

    is_fast_lane = fields.Boolean(
        "Fast Lane",
        compute="_compute_is_fast_lane",
        search="_search_is_fast_lane",
        help="A commercial car: price, time and efficiency decide.",
    )

    @api.depends("vehicle_id.usage")
    def _compute_is_fast_lane(self):
        for repair in self:
            repair.is_fast_lane = repair.sudo().vehicle_id.usage == "commercial"

    @api.model
    def _search_is_fast_lane(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("vehicle_id.usage", "=", "commercial")]

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        for repair in self.filtered("is_fast_lane"):
            flag = ("fast_lane", self.env._("Fast Lane"), "info")
            flags.setdefault(repair.id, []).append(flag)
        return flags
