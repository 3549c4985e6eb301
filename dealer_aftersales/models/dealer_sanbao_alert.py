# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

SANBAO_KINDS = [
    ("days", "Days in the workshop"),
    ("visit", "Days of one visit"),
    ("fault", "Same fault"),
    ("part", "Same main part replaced"),
    ("safety", "Safety fault"),
]
SANBAO_LEVELS = [("warn", "Warning"), ("last", "Last before"), ("alarm", "Reached")]


class DealerSanbaoAlert(models.Model):
    """A threshold of the law that a car came near to or reached; told once."""

    _name = "dealer.sanbao.alert"
    _description = "Three Guarantees Alert"
    _order = "date desc, id desc"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Branch", required=True)
    kind = fields.Selection(SANBAO_KINDS, required=True)
    subject = fields.Char("What", required=True, default="")
    level = fields.Selection(SANBAO_LEVELS, required=True)
    count = fields.Integer()
    threshold = fields.Integer()
    date = fields.Date(required=True)

    _alert_uniq = models.UniqueIndex(
        "(vehicle_id, kind, subject, level)", "This alert was raised already."
    )
