# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: finance and the general manager (domain.md 15)
MONEY_GROUPS = (
    "dealer_crm.group_general_manager,"
    "account.group_account_invoice,account.group_account_readonly"
)

# Lines of posted invoices and refunds, and what caring for the customer cost. A car
# costs what its card says was paid for it; other products their cost price of today.
QUERY = """
    WITH zone AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[])
                   AS z(company, name)
    ), line AS (
        SELECT l.id, l.partner_id, l.company_id, l.product_id,
               m.invoice_date AS date, -l.balance AS revenue,
               CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END * l.quantity
                   AS quantity,
               EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                         JOIN sale_order_line s ON s.id = rel.order_line_id
                         JOIN sale_order o ON o.id = s.order_id
                        WHERE rel.invoice_line_id = l.id
                          AND (o.repair_settlement_id IS NOT NULL
                               OR EXISTS (SELECT FROM repair_order r
                                           WHERE r.sale_order_id = o.id)))
                   AS is_service,
               (SELECT v.purchase_cost
                  FROM sale_order_line_invoice_rel rel
                  JOIN sale_order_line s ON s.id = rel.order_line_id
                  JOIN fleet_vehicle v ON v.allocated_order_id = s.order_id
                  JOIN stock_lot lot ON lot.id = v.lot_id
                                    AND lot.product_id = l.product_id
                 WHERE rel.invoice_line_id = l.id LIMIT 1) AS car_cost
          FROM account_move_line l
          JOIN account_move m ON m.id = l.move_id
         WHERE m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_refund')
           AND l.display_type = 'product'
    ), valued AS (
        SELECT line.*, p.product_tmpl_id,
               COALESCE(line.car_cost * sign(line.quantity),
                        (p.standard_price ->> line.company_id::text)::numeric
                        * line.quantity, 0) AS cost
          FROM line
     LEFT JOIN product_product p ON p.id = line.product_id
    )
    SELECT valued.id * 2 AS id,
           CASE WHEN is_service THEN 'service' ELSE 'sales' END AS kind,
           COALESCE(c.commercial_partner_id, valued.partner_id) AS partner_id,
           valued.company_id, valued.date, valued.product_id, t.categ_id,
           valued.revenue, valued.cost, valued.revenue - valued.cost AS margin,
           0 AS care_count
      FROM valued
 LEFT JOIN product_template t ON t.id = valued.product_tmpl_id
 LEFT JOIN res_partner c ON c.id = valued.partner_id
 UNION ALL
    SELECT d.id * 2 + 1, 'care', COALESCE(c.commercial_partner_id, c.id),
           d.company_id,
           (d.date AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(zone.name, 'UTC'))::date,
           NULL, NULL, 0, b.care_contact_cost, -b.care_contact_cost, 1
      FROM dealer_contact d
      JOIN res_partner c ON c.id = d.partner_id
      JOIN res_company b ON b.id = d.company_id
 LEFT JOIN zone ON zone.company = d.company_id
     WHERE d.direction = 'out'
       AND (d.callback_id IS NOT NULL OR d.purpose IN ('care', 'marketing', 'reminder'))
"""


class DealerCustomerValue(models.Model):
    """What each customer brings and costs: invoices, margin, care (SEG-12, 13, 16).

    A line per product line of a posted invoice and per contact of customer care. The
    revenue of the lines equals the invoices; the contribution is the margin of sales
    and service less the cost of care. Cost of a car is the purchase cost on its card,
    of other products their cost price as of now.
    """

    _name = "dealer.customer.value"
    _description = "Customer Contribution"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "account.move": ["invoice_date", "move_type", "state"],
        "account.move.line": [
            "balance",
            "display_type",
            "partner_id",
            "product_id",
            "quantity",
        ],
        "dealer.contact": [
            "callback_id",
            "company_id",
            "date",
            "direction",
            "partner_id",
            "purpose",
        ],
        "fleet.vehicle": ["allocated_order_id", "lot_id", "purchase_cost"],
        "product.product": ["standard_price"],
        "product.template": ["categ_id"],
        "repair.order": ["sale_order_id"],
        "res.company": ["care_contact_cost"],
        "res.partner": ["commercial_partner_id"],
        "sale.order": ["repair_settlement_id"],
    }

    kind = fields.Selection(
        [("sales", "Sales"), ("service", "Service"), ("care", "Customer Care")],
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Product Category", readonly=True)
    revenue = fields.Float(digits="Product Price", readonly=True)
    cost = fields.Float(digits="Product Price", readonly=True)
    margin = fields.Float("Contribution", digits="Product Price", readonly=True)
    care_count = fields.Integer("Care Contacts", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        return SQL(QUERY, **companies._get_branch_zones())


class ResPartner(models.Model):
    """What a customer brought over his whole time here; for finance and the manager."""

    _inherit = "res.partner"

    lifetime_revenue = fields.Float(
        digits="Product Price",
        compute="_compute_lifetime",
        groups=MONEY_GROUPS,
        help="Posted invoices less refunds, without tax.",
    )
    lifetime_margin = fields.Float(
        "Lifetime Contribution",
        digits="Product Price",
        compute="_compute_lifetime",
        groups=MONEY_GROUPS,
        help="Margin of sales and service less the cost of care. Cars at what they "
        "cost, other products at their cost price of today.",
    )

    def _compute_lifetime(self):
        """One grouped query for any number; branches the user may look into."""
        rows = (
            self.env["dealer.customer.value"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.commercial_partner_id.ids),
                    ("company_id", "in", self.env.companies.ids),
                ],
                ["partner_id"],
                ["revenue:sum", "margin:sum"],
            )
        )
        sums = {partner.id: values for partner, *values in rows}
        for partner in self:
            revenue, margin = sums.get(partner.commercial_partner_id.id, (0, 0))
            partner.lifetime_revenue, partner.lifetime_margin = revenue, margin


class ResCompany(models.Model):
    _inherit = "res.company"

    care_contact_cost = fields.Float(
        "Cost of a Care Contact",
        digits="Product Price",
        default=5,
        help="What a call or letter of customer care costs, in the branch's currency.",
    )

    @api.constrains("care_contact_cost")
    def _check_care_contact_cost(self):
        for company in self:
            company._check_value("care_contact_cost", company.care_contact_cost >= 0)
