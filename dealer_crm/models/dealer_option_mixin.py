# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerOptionMixin(models.AbstractModel):
    """A car as it is ordered: model, options, discount and the total of it.

    The user of the mixin names the field that holds its model.
    """

    _name = "dealer.option.mixin"
    _description = "Car with Manufacturer Options"
    _option_model_field = "model_id"

    price_currency_id = fields.Many2one(
        "res.currency", compute="_compute_price_currency_id"
    )
    option_ids = fields.Many2many(
        "dealer.vehicle.option", string="Manufacturer Options", check_company=True
    )
    list_price = fields.Monetary(
        currency_field="price_currency_id",
        compute="_compute_list_price",
        store=True,
        readonly=False,
        aggregator=None,
    )
    price_discount = fields.Monetary(
        "Discount", currency_field="price_currency_id", copy=False, aggregator=None
    )
    price_options = fields.Monetary(
        "Options",
        currency_field="price_currency_id",
        compute="_compute_price_total",
    )
    price_total = fields.Monetary(
        "Price in total",
        currency_field="price_currency_id",
        compute="_compute_price_total",
    )

    def _compute_price_currency_id(self):
        for record in self:
            company = record.company_id or self.env.company
            record.price_currency_id = company.currency_id

    def _get_option_model(self):
        self.ensure_one()
        return self[self._option_model_field]

    @api.depends(lambda self: [self._option_model_field])
    def _compute_list_price(self):
        for record in self:
            record.list_price = record._get_option_model().list_price

    @api.depends("list_price", "price_discount", "option_ids.price")
    def _compute_price_total(self):
        for record in self:
            record.price_options = sum(record.option_ids.mapped("price"))
            record.price_total = (
                record.list_price + record.price_options - record.price_discount
            )

    @api.constrains(lambda self: ["option_ids", self._option_model_field])
    def _check_options(self):
        for record in self.filtered("option_ids"):
            record._check_options_of_model()
            pair = record.option_ids._get_pair_conflicts()
            if pair:
                raise ValidationError(
                    self.env._(
                        "Manufacturer options: %(one)s and %(other)s cannot be "
                        "ordered together.",
                        one=pair[0].name,
                        other=pair[1].name,
                    )
                )

    def _check_options_of_model(self):
        model = self._get_option_model()
        wrong = self.option_ids._get_model_conflicts(model)
        if wrong:
            raise ValidationError(
                self.env._(
                    "Manufacturer options: %(option)s is not made for the model "
                    "%(model)s.",
                    option=wrong[0].name,
                    model=model.display_name or self.env._("(none)"),
                )
            )

    @api.constrains("list_price", "price_discount")
    def _check_discount(self):
        for record in self:
            if record.price_discount < 0:
                raise ValidationError(
                    self.env._("Discount: enter it as a positive amount.")
                )
