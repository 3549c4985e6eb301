# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.context import without_defaults
from ..tools.vehicle_age import age_band, full_years

AGE_FIELDS = frozenset({"age_band", "first_purchase_date"})


class FleetVehicle(models.Model):
    """How old a customer's car is, and the band that service marketing works with.

    Years count from the first purchase known: a car does not grow young when it is
    sold on. The band is stored, as lists are grouped by it; time and kilometres move
    it in a nightly job, everything else at once.
    """

    _inherit = "fleet.vehicle"

    first_purchase_date = fields.Date(
        "First Purchase",
        compute="_compute_first_purchase_date",
        store=True,
        index="btree_not_null",
        help="The earliest purchase of the car by any of its owners.",
    )
    age_years = fields.Integer(
        "Age (years)",
        compute="_compute_age_years",
        search="_search_age_years",
        help="Full years since the first purchase.",
    )
    age_band = fields.Selection(
        [
            ("in_warranty", "In Warranty"),
            ("under_2", "Under 2 Years"),
            ("2_5", "2–5 Years"),
            ("over_5", "Over 5 Years"),
        ],
        compute="_compute_age_band",
        store=True,
        index="btree_not_null",
    )

    @api.depends("purchase_date", "party_ids.role", "party_ids.date_from")
    def _compute_first_purchase_date(self):
        for vehicle in self:
            owners = vehicle.party_ids.filtered(lambda p: p.role == "owner")
            days = [vehicle.purchase_date, *owners.mapped("date_from")]
            vehicle.first_purchase_date = min(filter(None, days), default=False)

    @api.depends("first_purchase_date")
    def _compute_age_years(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            vehicle.age_years = full_years(vehicle.first_purchase_date, today)

    @api.model
    def _search_age_years(self, operator, value):
        """Years become a date: an older car was bought earlier."""
        today = fields.Date.context_today(self)

        def older_than(years):
            day = today - relativedelta(years=years)
            return Domain("first_purchase_date", "<=", day)

        known = Domain("first_purchase_date", "!=", False)
        if operator == "in":
            years = [year for year in value if year is not False]
            return Domain.OR(older_than(n) & ~older_than(n + 1) & known for n in years)
        if operator in (">=", ">"):
            return older_than(int(value) + (operator == ">"))
        if operator in ("<", "<="):
            return known & ~older_than(int(value) + (operator == "<="))
        return NotImplemented

    @api.depends(
        "company_id",
        "first_purchase_date",
        "trade_state",
        "warranty_end_date",
        "warranty_end_odometer",
    )
    def _compute_age_band(self):
        for company, vehicles in self.grouped("company_id").items():
            branch = company or self.env.company
            today = branch._get_dealer_today()
            for vehicle in vehicles:
                vehicle.age_band = vehicle._get_age_band(branch, today) or False

    def _get_age_band(self, company, today):
        """The band by the branch's way of counting; customers' cars only."""
        self.ensure_one()
        if self.trade_state != "customer":
            return ""
        return age_band(
            company.sudo().vehicle_age_mode,
            today,
            self.first_purchase_date,
            self.warranty_end_date,
            self.warranty_end_odometer,
            self.odometer_total if self.warranty_end_odometer else 0,
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_age_values(*vals_list)
        self = without_defaults(self, AGE_FIELDS)
        return super().create(vals_list)

    def write(self, vals):
        self._check_age_values(vals)
        return super().write(vals)

    @api.model
    def _check_age_values(self, *vals_list):
        """:raises AccessError: when a client sets what the system counts"""
        if not self.env.su and any(AGE_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("The age of a car is counted by the system."))
