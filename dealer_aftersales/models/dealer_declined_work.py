# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

DECLINED_STATES = [
    ("open", "Open"),
    ("done", "Done"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
]


class DealerDeclinedWork(models.Model):
    """Work the customer did not want when it was proposed.

    It stays with the car: the next reception and the reminder offer it again to
    whoever owns the car then.
    """

    _name = "dealer.declined.work"
    _description = "Declined Work"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Work", required=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, ondelete="cascade"
    )
    repair_id = fields.Many2one(
        "repair.order",
        "Declined on Order",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Declined by", index="btree_not_null")
    owner_id = fields.Many2one(
        related="vehicle_id.owner_id",
        string="Present Owner",
        store=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    advisor_id = fields.Many2one("res.users", "Service Advisor", index="btree_not_null")
    product_id = fields.Many2one("product.product", "Operation")
    hours = fields.Float(default=1.0)
    amount = fields.Monetary("Amount then")
    date = fields.Date("Declined on", required=True, default=fields.Date.context_today)
    odometer = fields.Integer("Odometer (km)")
    date_due = fields.Date("Remind on", index="btree_not_null")
    odometer_due = fields.Integer("Due at (km)")
    date_expiry = fields.Date("Expires on")
    state = fields.Selection(
        DECLINED_STATES, default="open", required=True, readonly=True, index=True
    )
    reason = fields.Char("Why withdrawn", readonly=True)
    inspection_line_id = fields.Many2one(
        "dealer.inspection.line", "Finding", readonly=True, index="btree_not_null"
    )
    labor_id = fields.Many2one(
        "dealer.repair.labor", "Taken over as", readonly=True, index="btree_not_null"
    )
    done_repair_id = fields.Many2one(
        "repair.order", "Done on Order", readonly=True, index="btree_not_null"
    )
