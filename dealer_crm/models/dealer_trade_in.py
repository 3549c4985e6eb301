# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class DealerTradeIn(models.Model):
    """The old car a customer wants to be rid of: what it is, and what we offer."""

    _name = "dealer.trade.in"
    _description = "Trade-in"
    _order = "id desc"
    _rec_name = "car_text"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Old Car",
        index="btree_not_null",
        domain="[('trade_state', '!=', False)]",
        help="Empty while the car has no card here: then write what it is.",
    )
    car_text = fields.Char(
        "Car in Words",
        compute="_compute_car_text",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Brand, model, year and colour.",
    )
    mileage = fields.Integer("Mileage (km)")
    expected_amount = fields.Monetary("Customer expects")
    appraisal_ids = fields.One2many("dealer.trade.in.appraisal", "trade_in_id")
    latest_offer = fields.Monetary(
        compute="_compute_latest_offer", store=True, help="The newest appraisal."
    )
    state = fields.Selection(
        [
            ("progress", "In Progress"),
            ("agreed", "Agreed"),
            ("refused", "Not agreed"),
            ("done", "Taken over"),
        ],
        required=True,
        default="progress",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _amount_check = models.Constraint(
        "CHECK (COALESCE(expected_amount, 0) >= 0 AND COALESCE(mileage, 0) >= 0)",
        "Price and mileage of an old car are not negative.",
    )

    @api.depends("vehicle_id")
    def _compute_car_text(self):
        for trade_in in self:
            card = trade_in.vehicle_id.display_name
            trade_in.car_text = trade_in.car_text or card

    @api.depends("lead_id")
    def _compute_company_id(self):
        for trade_in in self:
            lead = trade_in.lead_id.sudo()
            trade_in.company_id = lead.company_id or self.env.company

    @api.depends("appraisal_ids.offer", "appraisal_ids.date")
    def _compute_latest_offer(self):
        for trade_in in self:
            newest = trade_in.appraisal_ids.sorted(
                lambda line: (line.date, line._origin.id or 0)
            )
            trade_in.latest_offer = newest[-1:].offer


class DealerTradeInAppraisal(models.Model):
    """One appraisal of an old car; what was offered once stays on record."""

    _name = "dealer.trade.in.appraisal"
    _description = "Appraisal of a Trade-in"
    _order = "date desc, id desc"
    _rec_name = "date"

    trade_in_id = fields.Many2one(
        "dealer.trade.in", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    user_id = fields.Many2one(
        "res.users", "Appraised by", required=True, default=lambda self: self.env.user
    )
    offer = fields.Monetary(required=True)
    note = fields.Char()
    currency_id = fields.Many2one(related="trade_in_id.currency_id")

    _offer_check = models.Constraint(
        "CHECK (offer >= 0)", "An offer for an old car is not negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        appraisals = super().create(vals_list)
        appraisals._check_author()
        return appraisals

    def write(self, vals):
        if {"date", "user_id", "offer", "trade_in_id"} & vals.keys():
            self._check_author(is_past=True)
        return super().write(vals)

    def _check_author(self, is_past=False):
        """:raises AccessError: another's appraisal, or a past one, and no manager"""
        user = self.env.user
        if self.env.su or user.has_group("dealer_crm.group_sales_manager"):
            return
        if is_past or any(line.user_id != user for line in self):
            raise AccessError(
                self.env._(
                    "An appraisal is history: enter a new one, or ask a manager."
                )
            )
