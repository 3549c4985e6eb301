# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerInsurancePolicy(models.Model):
    """A car's insurance for one period, sold here or not, and its renewal."""

    _name = "dealer.insurance.policy"
    _description = "Insurance Policy"
    _inherit = ["mail.thread"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char("Policy No.", index="trigram", tracking=True, copy=False)
    kind = fields.Selection(
        [("compulsory", "Compulsory"), ("commercial", "Commercial")],
        required=True,
        default="commercial",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, default=lambda self: self.env.company
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, check_company=True, tracking=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Policyholder", index="btree_not_null", check_company=True
    )
    insurer_id = fields.Many2one("res.partner", index="btree_not_null")
    date_start = fields.Date("Begins on", required=True, tracking=True)
    date_end = fields.Date("Ends on", required=True, index=True, tracking=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    premium = fields.Monetary(tracking=True)
    sold_here = fields.Boolean(default=True, tracking=True)
    state = fields.Selection(
        [
            ("active", "Active"),
            ("expired", "Expired"),
            ("renewed", "Renewed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="active",
        index=True,
        copy=False,
        tracking=True,
    )
