# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

KINDS = ("days", "visit", "fault", "part", "safety")


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
    visit_warn = fields.Integer("One visit: warn from", default=5, required=True)
    visit_alarm = fields.Integer("One visit: right from", default=6, required=True)
    fault_warn = fields.Integer("Same fault: warn from", default=3, required=True)
    fault_alarm = fields.Integer("Same fault: right from", default=5, required=True)
    part_warn = fields.Integer("Same main part: warn from", default=1, required=True)
    part_alarm = fields.Integer("Same main part: right from", default=2, required=True)
    safety_warn = fields.Integer("Safety fault: warn from", default=1, required=True)
    safety_alarm = fields.Integer("Safety fault: right from", default=3, required=True)
    note = fields.Text(translate=True)

    _date_uniq = models.UniqueIndex(
        "(date_from)", "Purchases from: there is a rule for this day already."
    )
    _order_check = models.Constraint(
        "CHECK (days_warn BETWEEN 1 AND days_alarm"
        " AND visit_warn BETWEEN 1 AND visit_alarm"
        " AND fault_warn BETWEEN 1 AND fault_alarm"
        " AND part_warn BETWEEN 1 AND part_alarm"
        " AND safety_warn BETWEEN 1 AND safety_alarm)",
        "A warning comes at 1 or later, and not after the right it warns of.",
    )

    @api.model
    def _get_editions(self):
        """[(purchases from, rule id, {kind: (warn, alarm)})], the newest first."""
        return [
            (
                rule.date_from,
                rule.id,
                {kind: (rule[f"{kind}_warn"], rule[f"{kind}_alarm"]) for kind in KINDS},
            )
            for rule in self.sudo().search([], order="date_from desc")
        ]
