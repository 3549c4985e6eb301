# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column, table_exists

from ..tools.payer import PAYERS


class DealerRepairLabor(models.Model):
    """One piece of work or one fee: what, how much of it, at which price, who pays.

    A fee is the same thing as work, only nobody does it: towing, disposal, a test of
    the authorities. Its hours are its quantity.
    """

    _name = "dealer.repair.labor"
    _inherit = ["dealer.repair.approved.mixin"]
    _description = "Labour Line"
    _order = "repair_id, sequence, id"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("labor", "Labour"), ("fee", "Fee")], required=True, default="labor"
    )
    product_id = fields.Many2one(
        "product.product",
        "Catalog Item",
        index="btree_not_null",
        domain="[('type', '=', 'service'), ('service_tracking', '=', 'no')]",
        help="An operation of the catalog gives text, hours and price.",
    )
    name = fields.Char(
        "Operation",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    hours = fields.Float(
        compute="_compute_hours", store=True, readonly=False, precompute=True
    )
    technician_id = fields.Many2one("res.users")
    concern_id = fields.Many2one(
        "dealer.repair.concern",
        "For Concern",
        index="btree_not_null",
        ondelete="set null",
        domain="[('repair_id', '=', repair_id)]",
    )
    company_id = fields.Many2one(related="repair_id.company_id")
    currency_id = fields.Many2one(related="repair_id.currency_id")
    price_unit = fields.Monetary(
        "Price per Hour",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)
    payer = fields.Selection(
        PAYERS,
        "Paid by",
        compute="_compute_payer",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )

    _hours_check = models.Constraint(
        "CHECK (hours >= 0)", "Hours: labour cannot take less than no time."
    )

    def _auto_init(self):
        """Lines of the time before are work paid by the kind of their visit."""
        cr = self.env.cr
        if table_exists(cr, self._table) and not column_exists(
            cr, self._table, "payer"
        ):
            create_column(cr, self._table, "payer", "varchar")
            cr.execute(
                """
                UPDATE dealer_repair_labor line
                   SET payer = CASE r.service_kind WHEN 'warranty' THEN 'warranty'
                                    WHEN 'accident' THEN 'insurance'
                                    WHEN 'comeback' THEN 'internal'
                                    ELSE 'customer' END
                  FROM repair_order r WHERE r.id = line.repair_id
                """
            )
        return super()._auto_init()

    @api.depends("product_id")
    def _compute_name(self):
        """The text of the catalog; free text stays what was typed."""
        for line in self:
            line.name = line.product_id.name or line.name

    # apart from the name: what is given at creation must not be computed along
    @api.depends("product_id")
    def _compute_hours(self):
        for line in self:
            if line.product_id:
                line.hours = line.product_id.sudo().labor_hours or 1.0
            else:
                line.hours = line.hours or (0.0 if line._origin else 1.0)

    @api.depends("product_id")
    def _compute_price_unit(self):
        for line in self:
            repair = line.repair_id
            if line.product_id:
                line.price_unit = repair._get_service_price(line.product_id)
            elif line.price_unit or line._origin or repair.date_delivered:
                line.price_unit = line.price_unit
            elif line.kind == "labor":
                company = repair.company_id or self.env.company
                line.price_unit = company.sudo().labor_rate

    @api.depends("hours", "price_unit")
    def _compute_amount(self):
        for line in self:
            currency = line.currency_id or self.env.company.currency_id
            line.amount = currency.round(line.hours * line.price_unit)

    @api.depends("repair_id")
    def _compute_payer(self):
        for line in self:
            line.payer = line.payer or line.repair_id._get_line_payer(line)

    def _get_billed_amount(self):
        return self.amount

    def _get_price_fields(self):
        return super()._get_price_fields() | {"hours", "price_unit", "kind"}
