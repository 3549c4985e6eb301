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
    def _get_offered(self, partners, company):
        """The options these customers may have at the branch."""
        options = self.search([("company_id", "in", (False, company.id))])
        best = self._get_best_class(partners)
        return options.filtered(lambda option: option._get_rank() <= best)

    def _get_rank(self):
        """From which class on it is offered: place in ``CLASSES``, -1 for everybody."""
        return CLASSES.index(self.min_class) if self.min_class else -1

    @api.model
    def _get_best_class(self, partners):
        """The best class among the customers: place in ``CLASSES``, -1 without."""
        classes = partners.sudo().mapped("customer_class")
        return max((CLASSES.index(name) for name in classes if name), default=-1)

    def _check_offered(self, partners):
        """:raises ValidationError: naming the option these customers cannot have"""
        best = self._get_best_class(partners)
        for option in self:
            if option._get_rank() > best:
                raise ValidationError(
                    self.env._(
                        "Service options: %(option)s is offered to customers from "
                        "class %(level)s on, %(customer)s has not reached it.",
                        option=option.name,
                        level=partners._get_choice(option, "min_class"),
                        customer=partners[:1].display_name
                        or self.env._("the customer"),
                    )
                )
