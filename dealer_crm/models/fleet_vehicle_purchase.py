# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .fleet_vehicle_stock import COST_GROUPS


class FleetVehicle(models.Model):
    """What the dealership paid for the car, to whom and on which order.

    The groups hold on the server: list, export, read_group and RPC alike.
    """

    _inherit = "fleet.vehicle"

    purchase_cost = fields.Monetary(copy=False, groups=COST_GROUPS)
    supplier_id = fields.Many2one(
        "res.partner", copy=False, index="btree_not_null", groups=COST_GROUPS
    )
    purchase_order_number = fields.Char(
        "Purchase Order No.", copy=False, groups=COST_GROUPS
    )
    purchase_order_date = fields.Date("Ordered on", copy=False, groups=COST_GROUPS)
    vendor_bill_id = fields.Many2one(
        "account.move",
        copy=False,
        check_company=True,
        index="btree_not_null",
        domain="[('move_type', 'in', ('in_invoice', 'in_refund'))]",
        groups=COST_GROUPS,
    )
