# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class RepairOrder(models.Model):
    """Whether the order waits for parts: kept as the reservations change."""

    _inherit = "repair.order"

    parts_state = fields.Selection(
        [
            ("none", "No Parts"),
            ("waiting", "Waiting for Parts"),
            ("arrived", "Parts arrived"),
            ("available", "Parts at hand"),
        ],
        "Parts Status",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="“Parts arrived” when the order had to wait for them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_parts_state_values(vals)
            if not self.env.su and "default_parts_state" in self.env.context:
                vals["parts_state"] = False
        return super().create(vals_list)

    def write(self, vals):
        self._check_parts_state_values(vals)
        return super().write(vals)

    def _check_parts_state_values(self, vals):
        """:raises AccessError: when anybody but the system sets it"""
        if vals.get("parts_state") and not self.env.su:
            raise AccessError(
                self.env._("Parts Status: follows the reservations of the parts.")
            )
