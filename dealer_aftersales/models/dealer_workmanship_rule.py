# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

WORK_CLASSES = [
    ("overall", "Overhaul or Assembly"),
    ("second", "Second-Level Maintenance"),
    ("minor", "Maintenance or Small Repair"),
]


class DealerWorkmanshipRule(models.Model):
    """How long the workshop answers for its work, by class of work.

    Shipped as the regulation on motor vehicle repair has it; a dealership may give
    more.
    """

    _name = "dealer.workmanship.rule"
    _description = "Workmanship Guarantee"
    _order = "odometer desc, id"
    _rec_name = "work_class"

    work_class = fields.Selection(WORK_CLASSES, "Class of Work", required=True)
    odometer = fields.Integer("Kilometres", required=True)
    days = fields.Integer(required=True)

    _class_uniq = models.Constraint(
        "UNIQUE (work_class)", "Each class of work has one guarantee."
    )
    _term_check = models.Constraint(
        "CHECK (odometer > 0 AND days > 0)",
        "Kilometres and days of a guarantee are above zero.",
    )

    @api.model
    def _get_terms(self):
        """:return: {class of work: (days, kilometres)}"""
        return {
            rule.work_class: (rule.days, rule.odometer)
            for rule in self.sudo().search([])
        }
