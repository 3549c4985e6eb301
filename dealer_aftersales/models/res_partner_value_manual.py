# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .dealer_value_log import VALUE_CLASSES
from .res_partner_value import COLUMNS

#: who may set a class against the count
MANAGERS = "dealer_crm.group_sales_manager,dealer_aftersales.group_service_manager"
#: who talks to customers and judges them
RATERS = (
    "dealer_crm.group_sales_consultant,dealer_aftersales.group_service_advisor,"
    "dealer_aftersales.group_customer_relations"
)
RATINGS = [("low", "Poor"), ("usual", "As usual"), ("high", "Good")]
RATING_FIELDS = ("rating_credit", "rating_tolerance", "rating_conduct")
MANUAL_FIELDS = ("value_class_manual", "value_manual_reason", "value_manual_until")

BY_HAND = """
    SELECT p.id, p.rating_credit, p.rating_tolerance, p.rating_conduct,
           p.value_class_manual, p.value_manual_until
      FROM res_partner p
     WHERE p.id = ANY(%(ids)s)
       AND (p.rating_credit IS NOT NULL OR p.rating_tolerance IS NOT NULL
            OR p.rating_conduct IS NOT NULL OR p.value_class_manual IS NOT NULL)
"""


class ResPartner(models.Model):
    """What people know of a customer beside the figures (seed 001, class A).

    Three small ratings add points or take them away; a manager may set the class
    itself, with a reason and for a time.
    """

    _inherit = "res.partner"

    rating_credit = fields.Selection(
        RATINGS,
        "Credit",
        copy=False,
        groups=RATERS,
        help="Pays as agreed. Counts in the value class.",
    )
    rating_tolerance = fields.Selection(
        RATINGS,
        "Tolerance of Faults",
        copy=False,
        groups=RATERS,
        help="Stays with us when something went wrong. Counts in the value class.",
    )
    rating_conduct = fields.Selection(
        RATINGS,
        "Conduct",
        copy=False,
        groups=RATERS,
        help="Treats our people fairly. Counts in the value class.",
    )
    value_class_manual = fields.Selection(
        VALUE_CLASSES,
        "Class set by hand",
        copy=False,
        tracking=True,
        groups=MANAGERS,
        help="Takes the place of the counted class until the day given.",
    )
    value_manual_reason = fields.Char(
        "Reason for the Class", copy=False, tracking=True, groups=MANAGERS
    )
    value_manual_until = fields.Date(
        "Class holds until", copy=False, tracking=True, groups=MANAGERS
    )

    @api.constrains(*MANUAL_FIELDS)
    def _check_manual_class(self):
        for partner in self.sudo().filtered("value_class_manual"):
            for name in MANUAL_FIELDS[1:]:
                if not partner[name]:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: a class set by hand needs a reason and a "
                            "last day.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(RATING_FIELDS + MANUAL_FIELDS):
            self._refresh_value()
        return result

    def _get_value_ratings(self):
        """What was set by hand.

        :return: dict partner id → (list of -1, 0, 1; class that holds today or None)
        """
        today = self.env.company._get_dealer_today()
        signs = {"low": -1, "high": 1}
        rows = self.env.execute_query(SQL(BY_HAND, ids=list(self.ids)))
        return {
            partner_id: (
                [signs.get(rating, 0) for rating in ratings],
                manual if manual and until and until >= today else None,
            )
            for partner_id, *ratings, manual, until in rows
        }

    @api.model
    def _get_privacy_fields(self):
        """Judgements on a person are told in a copy and go when he is forgotten."""
        return [*super()._get_privacy_fields(), *RATING_FIELDS, *MANUAL_FIELDS]

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.value.log",
                "domain": [("partner_id", "=", self.id)],
                "fields": ["month", "value_class", "value_group", "loyalty_score"],
            },
        ]

    def _prepare_anonymous_values(self):
        return {**super()._prepare_anonymous_values(), **dict.fromkeys(COLUMNS, False)}

    def _empty_ledger(self):
        """The history of his value goes with the person."""
        result = super()._empty_ledger()
        logs = self.env["dealer.value.log"]
        logs.search([("partner_id", "=", self.id)]).unlink()
        return result
