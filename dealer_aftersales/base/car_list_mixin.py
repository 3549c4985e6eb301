# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerCarListMixin(models.AbstractModel):
    """A list of cars that fulfil a rule of the next sale, always up to date.

    A model that takes it is a query (``_auto`` is off) that gives these columns.
    Whoever does not want advertising is not among them.
    """

    _name = "dealer.car.list.mixin"
    _description = "Cars by Rule"

    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    license_plate = fields.Char(related="vehicle_id.license_plate")
    model_id = fields.Many2one(related="vehicle_id.model_id")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    sales_user_id = fields.Many2one("res.users", "Sales Consultant", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    rule_id = fields.Many2one("dealer.next.sale.rule", readonly=True)
