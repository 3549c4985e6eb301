# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..tools.payer import PAYERS


class DealerRepairEstimateLine(models.Model):
    """One line of an estimate as it was put to the customer."""

    _name = "dealer.repair.estimate.line"
    _description = "Estimate Line"
    _order = "estimate_id, sequence, id"

    estimate_id = fields.Many2one(
        "dealer.repair.estimate", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("labor", "Labour"), ("part", "Part"), ("fee", "Fee")], required=True
    )
    name = fields.Char("Description", required=True)
    quantity = fields.Float(digits="Product Unit")
    currency_id = fields.Many2one(related="estimate_id.currency_id")
    price_unit = fields.Float("Unit Price", digits="Product Price")
    amount = fields.Monetary()
    amount_reduced = fields.Monetary(
        "Discounts on it", help="What of the discounts of the order falls on this line."
    )
    amount_taxed = fields.Monetary("With Tax")
    payer = fields.Selection(PAYERS, "Paid by")
    labor_id = fields.Many2one("dealer.repair.labor", ondelete="set null")
    move_id = fields.Many2one("stock.move", ondelete="set null")
    is_new = fields.Boolean("Not approved before")
    decision = fields.Selection(
        [("open", "Open"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        default="open",
    )

    def _approve_sources(self):
        """The lines of the order are agreed to, at the amounts that were asked."""
        for line in self:
            source = line.labor_id or line.move_id
            if source and line.payer == "customer":
                source.amount_approved = max(line.amount, source.amount_approved)
