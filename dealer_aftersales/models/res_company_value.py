# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.loyalty import Weights
from ..tools.value_class import Limits

#: field: whether its four limits rise
LIMIT_FIELDS = {
    "value_recency_months": True,
    "value_frequency_visits": False,
    "value_money_amounts": False,
}
WEIGHT_FIELDS = [f"loyalty_weight_{name}" for name in Weights._fields]


class ResCompany(models.Model):
    """How a branch judges the value and the loyalty of its customers (SEG-07, LOY-02).

    A changed setting reaches all customers with the next run of the job, which is
    asked for at once.
    """

    _inherit = "res.company"

    value_mode = fields.Selection(
        [
            ("rfm", "Recency, frequency and money"),
            ("visits", "Number of paid visits"),
        ],
        "Value Class by",
        required=True,
        default="rfm",
        help="By visits: A from the first, B from the third number of visits, C one, "
        "D none within the period.",
    )
    value_months = fields.Integer(
        "Period of Value (months)",
        default=12,
        help="Visits and money within so many months count.",
    )
    value_recency_months = fields.Char(
        "Months since last here",
        default="3, 6, 9, 12",
        help="At most so many months for 5, 4, 3 and 2 points.",
    )
    value_frequency_visits = fields.Char(
        "Paid Visits",
        default="4, 3, 2, 1",
        help="At least so many visits for 5, 4, 3 and 2 points. Visits paid by the "
        "maker, the insurer or ourselves do not count.",
    )
    value_money_amounts = fields.Char(
        "Money spent",
        default="10000, 5000, 2000, 500",
        help="At least so much in the workshop for 5, 4, 3 and 2 points.",
    )
    value_a_from = fields.Integer("Class A from (points)", default=12)
    value_b_from = fields.Integer("Class B from (points)", default=8)
    value_rating_points = fields.Integer(
        "Points of a Rating",
        default=1,
        help="A good rating by hand and brand loyalty add so many points, a poor "
        "rating takes them away.",
    )
    value_loyal_purchases = fields.Integer(
        "Loyal to the Brand from (cars)", default=2, help="0: gives no points."
    )
    value_high_classes = fields.Selection(
        [("a", "Class A"), ("ab", "Classes A and B")],
        "High Value are",
        required=True,
        default="a",
    )
    value_leaving_percent = fields.Integer(
        "Leaving from (% of own interval)",
        default=150,
        help="A customer who stays away longer than this share of his own mean "
        "interval between visits may be leaving. Who came only once is measured by "
        "the days at risk.",
    )
    loyalty_weight_recency = fields.Integer("Weight of Recency", default=20)
    loyalty_weight_frequency = fields.Integer("Weight of Frequency", default=20)
    loyalty_weight_money = fields.Integer("Weight of Money", default=20)
    loyalty_weight_referrals = fields.Integer("Weight of Referrals", default=15)
    loyalty_weight_satisfaction = fields.Integer("Weight of Satisfaction", default=15)
    loyalty_weight_complaints = fields.Integer("Weight of Complaints", default=10)
    loyalty_high_from = fields.Integer("High Loyalty from", default=70)
    loyalty_middle_from = fields.Integer("Middle Loyalty from", default=40)

    @api.constrains(*LIMIT_FIELDS)
    def _check_value_limits(self):
        for company in self:
            for name, is_rising in LIMIT_FIELDS.items():
                company._read_value_limits(name, is_rising)

    def _read_value_limits(self, name, is_rising):
        """The four numbers of a setting.

        :raises ValidationError: for anything else than four numbers in order
        """
        self.ensure_one()
        text = (self[name] or "").replace("，", ",")
        try:
            limits = tuple(float(part) for part in text.split(","))
        except ValueError:
            limits = ()
        ordered = sorted(limits, reverse=not is_rising)
        if len(limits) != 4 or list(limits) != ordered or min(limits) < 0:
            raise ValidationError(
                self.env._(
                    "%(field)s: four numbers in order, separated by commas.",
                    field=self._fields[name]._description_string(self.env),
                )
            )
        return limits

    @api.constrains(
        "value_months",
        "value_a_from",
        "value_b_from",
        "value_rating_points",
        "value_loyal_purchases",
        "value_leaving_percent",
        "loyalty_high_from",
        "loyalty_middle_from",
        *WEIGHT_FIELDS,
    )
    def _check_value_numbers(self):
        names = [*WEIGHT_FIELDS, "value_rating_points", "value_loyal_purchases"]
        for company in self:
            for name in names:
                company._check_value(name, company[name] >= 0)
            company._check_value("value_months", 1 <= company.value_months <= 120)
            company._check_value(
                "value_a_from", company.value_a_from >= company.value_b_from
            )
            company._check_value(
                "value_leaving_percent", company.value_leaving_percent >= 100
            )
            company._check_value(
                "loyalty_high_from",
                0 <= company.loyalty_middle_from <= company.loyalty_high_from <= 100,
            )

    def _check_value(self, name, is_good):
        if not is_good:
            raise ValidationError(
                self.env._(
                    "%(field)s: %(value)s is out of range.",
                    field=self._fields[name]._description_string(self.env),
                    value=self[name],
                )
            )

    def write(self, vals):
        result = super().write(vals)
        if any(name.startswith(("value_", "loyalty_")) for name in vals):
            cron = self.env.ref("dealer_aftersales.ir_cron_update_value", False)
            if cron:
                cron.sudo()._trigger()
        return result

    def _get_value_limits(self):
        """Thresholds of the branch as ``tools/value_class.py`` wants them."""
        self.ensure_one()
        company = self.sudo()
        recency = company._read_value_limits("value_recency_months", True)
        return Limits(
            mode=company.value_mode,
            recency=tuple(int(months) for months in recency),
            frequency=company._read_value_limits("value_frequency_visits", False),
            money=company._read_value_limits("value_money_amounts", False),
            a_from=company.value_a_from,
            b_from=company.value_b_from,
            rating=company.value_rating_points,
            loyal_purchases=company.value_loyal_purchases,
            high_classes=tuple(company.value_high_classes),
            leaving_percent=company.value_leaving_percent,
            at_risk_days=company.lifecycle_at_risk_days,
        )

    def _get_loyalty_weights(self):
        """How much each part of the loyalty score counts."""
        self.ensure_one()
        return Weights(*(self.sudo()[name] for name in WEIGHT_FIELDS))
