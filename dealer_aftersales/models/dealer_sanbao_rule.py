# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerSanbaoRule(models.Model):
    """One edition of the law: from which counts on it warns and gives rights.

    The edition in force on the day of the purchase holds for the car's life.
    """

    _name = "dealer.sanbao.rule"
    _description = "Three Guarantees Rule"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    date_from = fields.Date("Purchases from", required=True)
    days_warn = fields.Integer("Days: warn from", default=25, required=True)
    days_alarm = fields.Integer("Days: right from", default=31, required=True)
    fault_warn = fields.Integer("Same fault: warn from", default=3, required=True)
    fault_alarm = fields.Integer("Same fault: right from", default=5, required=True)
    part_warn = fields.Integer("Same main part: warn from", default=1, required=True)
    part_alarm = fields.Integer("Same main part: right from", default=2, required=True)
    safety_warn = fields.Integer("Safety fault: warn from", default=1, required=True)
    safety_alarm = fields.Integer("Safety fault: right from", default=3, required=True)
    visit_warn = fields.Integer("One visit: warn from", default=5, required=True)
    visit_alarm = fields.Integer("One visit: right from", default=6, required=True)

    _date_uniq = models.UniqueIndex(
        "(date_from)", "Purchases from: there is a rule for this day already."
    )
