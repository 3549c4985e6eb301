# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerVehicleOption(models.Model):
    """An extra the maker fits in the factory, with its price."""

    _name = "dealer.vehicle.option"
    _description = "Manufacturer Option"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(index="btree_not_null")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", "Branch", index=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    price = fields.Monetary()
    model_ids = fields.Many2many(
        "fleet.vehicle.model",
        "dealer_option_model_rel",
        "option_id",
        "model_id",
        "Models",
        help="Empty: for all models.",
    )
    incompatible_ids = fields.Many2many(
        "dealer.vehicle.option",
        "dealer_option_incompatible_rel",
        "option_id",
        "other_id",
        "Not together with",
        domain="[('id', '!=', id)]",
    )
    incompatible_by_ids = fields.Many2many(
        "dealer.vehicle.option",
        "dealer_option_incompatible_rel",
        "other_id",
        "option_id",
        "Excluded by",
    )

    _code_uniq = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL AND code != '' AND active",
        "Code: another manufacturer option has this code.",
    )
    _price_check = models.Constraint(
        "CHECK (price >= 0)", "Price: an option cannot cost less than nothing."
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for option in self:
            company = option.company_id or self.env.company
            option.currency_id = company.currency_id

    @api.depends("name", "code")
    def _compute_display_name(self):
        for option in self:
            option.display_name = (
                f"[{option.code}] {option.name}" if option.code else option.name
            )

    def _get_model_conflicts(self, model):
        """The options that cannot be ordered for model."""
        return self.filtered(lambda o: o.model_ids and model not in o.model_ids)

    def _get_pair_conflicts(self):
        """The first option of the set that excludes another one, and that one.

        :return: two options, or an empty recordset
        """
        for option in self:
            other = (option.incompatible_ids | option.incompatible_by_ids) & self
            if other - option:
                return option | (other - option)[0]
        return self.browse()
