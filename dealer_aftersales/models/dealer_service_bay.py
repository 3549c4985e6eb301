# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerServiceBay(models.Model):
    """A place in the workshop that a car is booked for."""

    _name = "dealer.service.bay"
    _description = "Service Bay"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    service_kind = fields.Selection(
        selection=lambda self: self.env["repair.order"]
        ._fields["service_kind"]
        ._description_selection(self.env),
        help="Empty: for every kind of service.",
    )
    capacity = fields.Integer("Cars at a time", required=True, default=1)
    color = fields.Integer()

    _capacity_check = models.Constraint(
        "CHECK (capacity > 0)", "Cars at a time: at least one."
    )
    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "Bay: the branch has one of this name already."
    )
