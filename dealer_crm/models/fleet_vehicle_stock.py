# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

STOCK_STATES = frozenset(
    {"ordered", "in_transit", "in_stock", "allocated", "demo", "sold"}
)
#: who may see what a car cost the dealership
COST_GROUPS = (
    "dealer_crm.group_sales_manager,"
    "account.group_account_invoice,account.group_account_readonly"
)


class FleetVehicle(models.Model):
    """A car to be sold: where it stands, since when, and when it is expected."""

    _inherit = "fleet.vehicle"

    eta_date = fields.Date("Expected on", copy=False, index="btree_not_null")
    arrival_date = fields.Date("Arrived on", copy=False, index="btree_not_null")
    days_in_stock = fields.Integer(
        compute="_compute_days_in_stock",
        search="_search_days_in_stock",
        help="Days since the arrival, for cars not yet delivered.",
    )
    is_late = fields.Boolean(
        "Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="The expected day has passed and the car has not arrived.",
    )
    stock_location_id = fields.Many2one(
        "stock.location",
        check_company=True,
        copy=False,
        index="btree_not_null",
        domain="[('usage', 'in', ('internal', 'transit'))]",
    )
    stock_location_note = fields.Char("Parking Place", copy=False)
    lot_id = fields.Many2one(
        "stock.lot",
        "Serial Number",
        check_company=True,
        copy=False,
        index="btree_not_null",
        groups="stock.group_stock_user",
        help="The number in Inventory that is this car's VIN.",
    )

    @api.depends("arrival_date", "trade_state")
    def _compute_days_in_stock(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            arrived = vehicle.trade_state in STOCK_STATES and vehicle.arrival_date
            vehicle.days_in_stock = (today - arrived).days if arrived else 0

    @api.model
    def _search_days_in_stock(self, operator, value):
        """Days become a date: more days are an earlier arrival."""
        turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
        today = fields.Date.context_today(self)
        stock = Domain("trade_state", "in", list(STOCK_STATES))
        if operator in turned:
            day = today - timedelta(days=value)
            return stock & Domain("arrival_date", turned[operator], day)
        if operator == "in":
            days = [today - timedelta(days=number) for number in value]
            return stock & Domain("arrival_date", "in", days)
        return NotImplemented

    @api.depends("eta_date", "arrival_date", "trade_state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            vehicle.is_late = bool(
                vehicle.eta_date
                and vehicle.eta_date < today
                and not vehicle.arrival_date
                and vehicle.trade_state in STOCK_STATES
            )

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        late = (
            Domain("eta_date", "<", today)
            & Domain("arrival_date", "=", False)
            & Domain("trade_state", "in", list(STOCK_STATES))
        )
        return late if True in value else ~late

    def write(self, vals):
        """An entered arrival ends the waiting: the car is in stock."""
        result = super().write(vals)
        if vals.get("arrival_date") and "trade_state" not in vals:
            self.filtered(
                lambda v: v.trade_state in ("ordered", "in_transit")
            )._set_arrived()
        return result

    def _set_arrived(self):
        """From expected to in stock; a car kept for somebody stays kept."""
        kept = self.filtered("is_allocated")
        kept.write({"trade_state": "allocated"})
        (self - kept).write({"trade_state": "in_stock"})

    def action_arrive(self):
        """The car stands in the yard from today on."""
        today = fields.Date.context_today(self)
        arriving = self.filtered(lambda v: v.trade_state in ("ordered", "in_transit"))
        arriving.write({"arrival_date": today})
        return True
