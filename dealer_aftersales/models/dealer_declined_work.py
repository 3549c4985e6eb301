# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

DECLINED_STATES = [
    ("open", "Open"),
    ("done", "Done"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
]
SYSTEM_FIELDS = frozenset(
    {
        "conversion",
        "done_repair_id",
        "inspection_line_id",
        "labor_id",
        "move_id",
        "owner_id",
        "state",
        "taken_repair_id",
    }
)


class DealerDeclinedWork(models.Model):
    """Work the customer did not want when it was proposed.

    It stays with the car: the next reception and the reminder offer it again to
    whoever owns the car then.
    """

    _name = "dealer.declined.work"
    _description = "Declined Work"
    _order = "date desc, id desc"

    name = fields.Char("Work", required=True)
    kind = fields.Selection(
        [("labor", "Labour"), ("part", "Part"), ("fee", "Fee")],
        required=True,
        default="labor",
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, ondelete="cascade"
    )
    repair_id = fields.Many2one(
        "repair.order",
        "Declined on Order",
        index="btree_not_null",
        ondelete="set null",
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
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        index="btree_not_null",
        default=lambda self: self.env["repair.order"]._get_default_advisor(),
    )
    product_id = fields.Many2one("product.product", index="btree_not_null")
    quantity = fields.Float(
        default=1.0, digits="Product Unit", help="Hours of work, or pieces of a part."
    )
    amount = fields.Monetary("Amount then")
    amount_now = fields.Monetary("Amount now", compute="_compute_amount_now")
    date = fields.Date("Declined on", required=True, default=fields.Date.context_today)
    odometer = fields.Integer("Odometer (km)")
    date_due = fields.Date("Remind on", index="btree_not_null")
    odometer_due = fields.Integer("Due at (km)")
    date_expiry = fields.Date("Expires on")
    state = fields.Selection(
        DECLINED_STATES,
        default="open",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    conversion = fields.Float(
        "Done later (share)",
        compute="_compute_conversion",
        store=True,
        aggregator="avg",
        help="One when the work was done at a later visit; a mean in analyses.",
    )
    reason = fields.Char("Why withdrawn", copy=False)
    inspection_line_id = fields.Many2one(
        "dealer.inspection.line", "Finding", readonly=True, index="btree_not_null"
    )
    labor_id = fields.Many2one(
        "dealer.repair.labor",
        "Taken over as Work",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    move_id = fields.Many2one(
        "stock.move",
        "Taken over as Part",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    taken_repair_id = fields.Many2one(
        "repair.order",
        "Taken over on",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    done_repair_id = fields.Many2one(
        "repair.order",
        "Done on Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    _vehicle_open_idx = models.Index("(vehicle_id) WHERE state = 'open'")
    _expiry_idx = models.Index("(company_id, date_expiry) WHERE state = 'open'")
    _amount_check = models.Constraint(
        "CHECK (quantity >= 0)", "Quantity: cannot be less than none."
    )

    @api.depends("state")
    def _compute_conversion(self):
        for work in self:
            work.conversion = float(work.state == "done")

    @api.depends("product_id", "quantity", "owner_id", "amount")
    def _compute_amount_now(self):
        """What it costs today: one price look-up per price list."""
        for work in self:
            rate = work.company_id.sudo().labor_rate
            known = work.amount and work.kind == "labor" and not work.product_id
            work.amount_now = work.quantity * rate if known else 0.0
        groups = self.filtered("product_id").grouped(
            lambda work: (
                work.company_id,
                work.sudo().owner_id.property_product_pricelist,
            )
        )
        for (company, pricelist), works in groups.items():
            works._fill_prices(company, pricelist)

    def _fill_prices(self, company, pricelist):
        prices = pricelist._get_products_price(
            self.sudo().product_id.with_company(company),
            1.0,
            currency=company.currency_id,
        )
        for work in self:
            price = prices.get(work.product_id.id)
            is_work = work.product_id.sudo().is_labor_operation
            if not price and is_work:
                price = company.sudo().labor_rate
            work.amount_now = company.currency_id.round((price or 0) * work.quantity)

    @api.onchange("product_id")
    def _onchange_product(self):
        if self.product_id and not self.name:
            self.name = self.product_id.name

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_system_fields(vals)
        records = self if self.env.su else without_defaults(self, SYSTEM_FIELDS)
        vals_list = [self._prepare_dates(vals) for vals in vals_list]
        works = super(DealerDeclinedWork, records).create(vals_list)
        return works.with_env(self.env)

    def write(self, vals):
        self._check_system_fields(vals)
        return super().write(vals)

    @api.model
    def _check_system_fields(self, vals):
        """:raises AccessError: for a client that says what became of the work"""
        if SYSTEM_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("What became of declined work is noted by the system.")
            )

    @api.model
    def _prepare_dates(self, vals):
        """The branch's days for the reminder and the end, unless given."""
        vals = dict(vals)
        company = self.env["res.company"].browse(
            vals.get("company_id") or self.env.company.id
        )
        day = fields.Date.to_date(vals.get("date")) or company._get_dealer_today()
        terms = company.sudo()
        vals["date"] = day
        for name, days in (
            ("date_due", terms.declined_remind_days),
            ("date_expiry", terms.declined_keep_days),
        ):
            if not vals.get(name) and days:
                vals[name] = fields.Date.add(day, days=days)
        return vals

    def action_withdraw(self):
        """It is not offered any more, for the reason given.

        :raises UserError: without a reason, or when it is not open
        """
        self.check_access("write")
        for work in self:
            if work.state != "open":
                raise UserError(
                    self.env._("%(work)s is not open any more.", work=work.name)
                )
            if not (work.reason or "").strip():
                raise UserError(
                    self.env._(
                        "Why withdrawn: give the reason for %(work)s.", work=work.name
                    )
                )
        self.sudo().write({"state": "withdrawn"})
        return True

    def action_ask_reason(self):
        """Ask why it is withdrawn."""
        self.ensure_one()
        view = self.env.ref("dealer_aftersales.dealer_declined_work_view_form_reason")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw"),
            "res_model": "dealer.declined.work",
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_reopen(self):
        """Offer it again: it was withdrawn or expired."""
        self.check_access("write")
        closed = self.filtered(lambda work: work.state in ("withdrawn", "expired"))
        closed.sudo().write({"state": "open", "reason": False, "date_expiry": False})
        return True

    @api.model
    def _get_waiting_domain(self, vehicles):
        """Open work of these cars that no order has taken over yet."""
        return (
            Domain("vehicle_id", "in", vehicles.ids)
            & Domain("state", "=", "open")
            & Domain("labor_id", "=", False)
            & Domain("move_id", "=", False)
        )
