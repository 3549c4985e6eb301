# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerFestival(models.Model):
    """A day the dealership greets its customers on; lunar days move, so they are data.

    A callback policy with a festival greets whom it names, once in each year that
    has a day.
    """

    _name = "dealer.festival"
    _description = "Festival"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    greeting = fields.Text(
        translate=True, help="The wishes: on the call card, and in what is sent."
    )
    line_ids = fields.One2many("dealer.festival.line", "festival_id", "Dates")
    next_date = fields.Date("Next Day", compute="_compute_next_date")
    policy_ids = fields.One2many(
        "dealer.callback.policy", "festival_id", "Callback Policies"
    )

    @api.depends("line_ids.date")
    @api.depends_context("company")
    def _compute_next_date(self):
        today = self.env.company._get_dealer_today()
        for festival in self:
            days = [day for day in festival.line_ids.mapped("date") if day >= today]
            festival.next_date = min(days, default=False)

    def _get_last_day(self, horizon):
        """The newest day up to ``horizon``, or None."""
        self.ensure_one()
        days = [day for day in self.line_ids.mapped("date") if day <= horizon]
        return max(days, default=None)


class DealerFestivalLine(models.Model):
    """The day of a festival in one year."""

    _name = "dealer.festival.line"
    _description = "Day of a Festival"
    _order = "date"
    _rec_name = "date"

    festival_id = fields.Many2one("dealer.festival", required=True, ondelete="cascade")
    date = fields.Date(required=True)
    year = fields.Integer(compute="_compute_year", store=True, precompute=True)

    _year_uniq = models.UniqueIndex(
        "(festival_id, year)", "Date: a festival has one day in each year."
    )

    @api.depends("date")
    def _compute_year(self):
        for line in self:
            line.year = line.date.year if line.date else 0
