# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How the workshop of a branch charges and asks for approval."""

    _inherit = "res.company"

    labor_rate = fields.Monetary(
        "Labour Rate per Hour",
        help="Price of work without a price of its own.",
    )
    labor_product_id = fields.Many2one(
        "product.product",
        "Product for Labour",
        domain="[('type', '=', 'service')]",
        help="Invoices labour typed as free text. Empty: Workshop Labour.",
    )
    fee_product_id = fields.Many2one(
        "product.product",
        "Product for Fees",
        domain="[('type', '=', 'service')]",
        help="Invoices fees typed as free text. Empty: Workshop Fee.",
    )
    estimate_required = fields.Selection(
        [
            ("always", "Whenever the customer pays"),
            ("over", "Over an amount"),
            ("never", "Never"),
        ],
        "Approved Estimate needed",
        required=True,
        default="always",
    )
    estimate_threshold = fields.Monetary(
        "Over", help="Work that costs the customer more waits for his approval."
    )
    estimate_days = fields.Integer("Estimate valid (days)", default=15)
    is_settlement_required = fields.Boolean(
        "Settle before Delivery", help="An order is delivered after its settlement."
    )
    warranty_partner_id = fields.Many2one(
        "res.partner",
        "Payer of Warranty Work",
        help="Where the brand of the car names nobody.",
    )
