# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from .common import AftersalesCase


class WorkshopMoneyCase(AftersalesCase):
    """Orders with work, parts and fees at known prices, and who pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.quality_check_required = False  # a matter of its own tests
        cls.branch.labor_rate = 200
        cls.branch.estimate_required = "always"
        cls.maker = cls.env["res.partner"].create({"name": "Maker", "is_company": True})
        cls.insurer = cls.env["res.partner"].create(
            {"name": "Insurer", "is_company": True}
        )
        cls.branch.warranty_partner_id = cls.maker
        cls.part = cls.make_part("Brake pad", 150)
        cls.filter = cls.make_part("Oil filter", 33.33)
        cls.oil = cls.make_part("Oil", 80)
        cls.operation = cls.env["product.product"].create(
            {
                "name": "Oil change",
                "type": "service",
                "is_labor_operation": True,
                "labor_hours": 0.5,
                "list_price": 0,
                "company_id": False,
            }
        )

    @classmethod
    def make_part(cls, name, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": price,
                "part_origin": "original",
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def make_order(cls, labor=(("Brakes", 2, 100),), parts=(), fees=(), **values):
        """A repair order with lines (name, hours, price) and parts (product, qty)."""
        repair = cls.make_repair(
            company_id=cls.branch.id, advisor_id=cls.advisor.id, **values
        )
        for kind, lines in (("labor", labor), ("fee", fees)):
            for name, hours, price in lines:
                cls.env["dealer.repair.labor"].create(
                    {
                        "repair_id": repair.id,
                        "kind": kind,
                        "name": name,
                        "hours": hours,
                        "price_unit": price,
                    }
                )
        for product, quantity in parts:
            cls.add_part(repair, product, quantity)
        return repair

    @classmethod
    def add_part(cls, repair, product, quantity, **values):
        return cls.env["stock.move"].create(
            {
                "repair_id": repair.id,
                "repair_line_type": "add",
                "product_id": product.id,
                "product_uom_qty": quantity,
                **values,
            }
        )

    def as_advisor(self, repair):
        return repair.with_user(self.advisor)

    def approve(self, repair, method="in_person", **answer):
        self.as_advisor(repair).action_send_estimate()
        self.as_advisor(repair).action_estimate_approved(method, **answer)

    def finish(self, repair):
        """To the state in which the car can be fetched, as the advisor does."""
        if repair._get_unapproved_lines():
            self.approve(repair)
        for move in repair.move_ids:
            move.quantity = move.product_uom_qty
        self.as_advisor(repair).action_ready()

    def get_totals(self, repair):
        """Sum of the sale orders by payer."""
        return {
            order.repair_payer: order.amount_total
            for order in repair.sudo().settlement_order_ids
            if order.state != "cancel"
        }
