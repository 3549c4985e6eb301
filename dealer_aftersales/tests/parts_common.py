# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import AftersalesCase

__all__ = ["PartsCase"]


class PartsCase(AftersalesCase):
    """Orders with parts from the stock of the branch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.estimate_required = "never"  # asked for in tests of its own

    @classmethod
    def make_part(cls, name="Brake Pad", stock=0, **values):
        """A stored part; ``stock`` pieces lie on the shelf of the branch."""
        defaults = {"name": name, "is_storable": True, "part_origin": "original"}
        part = cls.env["product.product"].create(defaults | values)
        if stock:
            cls.env["stock.quant"]._update_available_quantity(
                part, cls.get_warehouse().lot_stock_id, stock
            )
        return part

    @classmethod
    def get_warehouse(cls):
        warehouses = cls.env["stock.warehouse"]
        return warehouses.search([("company_id", "=", cls.branch.id)], limit=1)

    @classmethod
    def make_order(cls, *parts, **values):
        """An open order of the advisor with one piece of each part."""
        lines = [
            (
                0,
                0,
                {"repair_line_type": "add", "product_id": p.id, "product_uom_qty": 1},
            )
            for p in parts
        ]
        defaults = {"advisor_id": cls.advisor.id, "move_ids": lines}
        return cls.make_repair(**(defaults | values))

    @classmethod
    def expect(cls, part, quantity=1, moment=None):
        """A receipt of the part that is on its way, to come at ``moment`` (UTC)."""
        warehouse = cls.get_warehouse()
        places = {
            "location_id": cls.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": warehouse.lot_stock_id.id,
            "company_id": cls.branch.id,
        }
        line = {"product_id": part.id, "product_uom_qty": quantity}
        receipt = cls.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.in_type_id.id,
                "move_ids": [(0, 0, line | places)],
                **places,
            }
        )
        receipt.action_confirm()
        if moment:
            receipt.scheduled_date = moment
        return receipt

    @classmethod
    def receive(cls, part, quantity=1):
        """A receipt that is done; reserves for whoever waits."""
        receipt = cls.expect(part, quantity)
        receipt.move_ids.picked = True
        receipt.button_validate()
        return receipt
