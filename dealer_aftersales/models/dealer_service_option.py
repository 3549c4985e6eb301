# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Classes of customers from the least to the best.
CLASSES = ("prospect", "new", "loyal", "vip")


class DealerServiceOption(models.Model):
    """What the workshop offers beside the work: fetching the car, lounge, car wash.

    A class from which on it is offered keeps it for good customers.
    """

    _name = "dealer.service.option"
    _description = "Service Option"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    min_class = fields.Selection(
        selection=lambda self: self.env["res.partner"]
        ._fields["customer_class"]
        ._description_selection(self.env),
        string="Offered from Class",
        help="This class and better ones; empty: every customer.",
    )
    needs_address = fields.Boolean(
        "Needs an Address", help="The car is fetched or brought: where and when."
    )
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )

    @api.model
    def _get_offered(self, partner, company):
        """The options this customer may have at the branch."""
        options = self.search([("company_id", "in", (False, company.id))])
        return options.filtered(lambda option: option._is_for(partner))

    def _is_for(self, partner):
        """True where the customer's class is good enough for the option."""
        self.ensure_one()
        if not self.min_class:
            return True
        customer_class = partner.sudo().customer_class
        if not customer_class:
            return False
        return CLASSES.index(customer_class) >= CLASSES.index(self.min_class)

    def _check_offered(self, partner):
        """:raises ValidationError: naming the option the customer cannot have"""
        for option in self:
            if not option._is_for(partner):
                raise ValidationError(
                    self.env._(
                        "Service options: %(option)s is offered to customers from "
                        "class %(level)s on, %(customer)s has not reached it.",
                        option=option.name,
                        level=partner._get_choice(option, "min_class"),
                        customer=partner.display_name or self.env._("the customer"),
                    )
                )
