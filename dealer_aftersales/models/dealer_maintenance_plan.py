# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerMaintenancePlan(models.Model):
    """What a kind of car needs regularly: items by months or kilometres.

    Makers differ, so every plan is data. The most special plan of a car counts: one
    for its model before one for its brand, its kind of drive, its use, all cars; of
    equals one of the branch before one for all branches.
    """

    _name = "dealer.maintenance.plan"
    _description = "Maintenance Plan"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )
    model_ids = fields.Many2many("fleet.vehicle.model", string="Models")
    brand_id = fields.Many2one("fleet.vehicle.model.brand")
    fuel_type = fields.Selection(selection="_selection_fuel_type")
    usage = fields.Selection(
        selection="_selection_usage",
        help="Commercial cars run more and are served at shorter intervals. Empty: "
        "for cars of any use.",
    )
    line_ids = fields.One2many(
        "dealer.maintenance.plan.line", "plan_id", "Items", copy=True
    )
    note = fields.Text(translate=True)

    @api.model
    def _selection_fuel_type(self):
        return (
            self.env["fleet.vehicle"]
            ._fields["fuel_type"]
            ._description_selection(self.env)
        )

    @api.model
    def _selection_usage(self):
        usage = self.env["fleet.vehicle"]._fields["usage"]
        return usage._description_selection(self.env)

    def copy_data(self, default=None):
        """A copy says that it is one."""
        rows = super().copy_data(default)
        for plan, vals in zip(self, rows, strict=True):
            if not (default and "name" in default):
                vals["name"] = self.env._("%(plan)s (copy)", plan=plan.name)
        return rows

    @api.constrains("line_ids")
    def _check_main_line(self):
        for plan in self:
            if len(plan.line_ids.filtered("is_main")) > 1:
                raise ValidationError(
                    self.env._(
                        "Regular Service: %(plan)s has more than one, the others "
                        "are further items.",
                        plan=plan.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        self._count_again()
        return plans

    def write(self, vals):
        result = super().write(vals)
        self._count_again()
        return result

    @api.model
    def _count_again(self):
        """A changed plan reaches the cars within minutes."""
        cron = self.env.ref("dealer_aftersales.ir_cron_update_forecast", False)
        if cron:
            cron.sudo()._trigger()


class DealerMaintenancePlanLine(models.Model):
    """One item of a plan: due after so many months or kilometres, what comes first."""

    _name = "dealer.maintenance.plan.line"
    _description = "Maintenance Item"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "dealer.maintenance.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Item", required=True, translate=True)
    product_id = fields.Many2one(
        "product.product",
        "Operation",
        domain="[('type', '=', 'service')]",
        help="An order with this operation does the item.",
    )
    is_main = fields.Boolean(
        "Regular Service", help="Any order of the kind maintenance does the item."
    )
    months = fields.Integer("Every (months)")
    km = fields.Integer("Every (km)")
    first_months = fields.Integer(
        "First after (months)", help="Since the delivery of the car; empty: as usual."
    )
    first_km = fields.Integer("First at (km)", help="Empty: as usual.")
    hours = fields.Float(default=0.0)
    price = fields.Monetary(
        "Price (about)", help="For the estimate on the customer's plan."
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    _interval_check = models.Constraint(
        "CHECK (COALESCE(months, 0) BETWEEN 0 AND 240"
        " AND COALESCE(km, 0) BETWEEN 0 AND 1000000"
        " AND COALESCE(first_months, 0) BETWEEN 0 AND 240"
        " AND COALESCE(first_km, 0) BETWEEN 0 AND 1000000)",
        "Interval: at most 240 months and 1,000,000 km, and not negative.",
    )
    _price_check = models.Constraint(
        "CHECK (COALESCE(price, 0) >= 0 AND COALESCE(hours, 0) >= 0)",
        "Price and hours cannot be negative.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for line in self:
            company = line.company_id or self.env.company
            line.currency_id = company.currency_id

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_main_line()
        self.env["dealer.maintenance.plan"]._count_again()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.plan_id._check_main_line()
        self.env["dealer.maintenance.plan"]._count_again()
        return result

    @api.constrains("months", "km")
    def _check_interval(self):
        for line in self:
            if not (line.months or line.km):
                raise ValidationError(
                    self.env._(
                        "%(item)s: give the months, the kilometres or both.",
                        item=line.name,
                    )
                )
