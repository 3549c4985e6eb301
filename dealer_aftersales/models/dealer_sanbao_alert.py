# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

SANBAO_KINDS = [
    ("days", "Days in the workshop"),
    ("visit", "Days of one visit"),
    ("fault", "Same fault"),
    ("part", "Same main part replaced"),
    ("safety", "Safety fault"),
]
SANBAO_LEVELS = [
    ("warn", "Warning"),
    ("last", "Last before"),
    ("alarm", "Limit reached"),
]


class DealerSanbaoAlert(models.Model):
    """A threshold of the law that a car came near to or reached; told once."""

    _name = "dealer.sanbao.alert"
    _description = "Three Guarantees Alert"
    _order = "date desc, id desc"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one("res.company", "Branch", required=True, readonly=True)
    kind = fields.Selection(SANBAO_KINDS, "What", required=True, readonly=True)
    subject = fields.Char(required=True, default="", readonly=True)
    label = fields.Char("Fault, Part, Order", readonly=True)
    level = fields.Selection(SANBAO_LEVELS, required=True, readonly=True)
    count = fields.Integer(readonly=True)
    threshold = fields.Integer("Right from", readonly=True)
    date = fields.Date(required=True, readonly=True)

    _alert_uniq = models.UniqueIndex(
        "(vehicle_id, kind, subject, level)", "This alert was raised already."
    )
