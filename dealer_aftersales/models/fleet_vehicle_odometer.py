# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

READING_FIELDS = frozenset({"value", "date", "vehicle_id"})


class FleetVehicleOdometer(models.Model):
    """A reading of a repair order follows its order."""

    _inherit = "fleet.vehicle.odometer"

    repair_id = fields.Many2one(
        "repair.order", index="btree_not_null", ondelete="cascade", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._check_order_reading(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_order_reading(vals)
        return super().write(vals)

    def _check_order_reading(self, vals):
        """:raises AccessError, UserError: when an order's reading is typed by hand"""
        if self.env.su:
            return
        if vals.get("repair_id"):
            raise AccessError(self.env._("Readings of an order come from the order."))
        orders = self.sudo().repair_id
        if orders and ({"repair_id"} | READING_FIELDS) & vals.keys():
            raise UserError(
                self.env._(
                    "This reading comes from order %(order)s: correct it there.",
                    order=orders[0].name,
                )
            )
