# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What a branch settles about its visit and call register."""

    _inherit = "res.company"

    register_retention_days = fields.Integer(
        "Keep Visitors' Data (days)",
        default=180,
        help="Who agreed to nothing and became no lead is forgotten after so many "
        "days: name, phone and address go, the visit stays counted. 0: never.",
    )
    entry_check_hour = fields.Float(
        "Same-day Entry checked at",
        default=20.0,
        help="Hour of the branch at which consultants are reminded of visitors and "
        "callers who left their data and are no lead yet.",
    )

    _register_hours_check = models.Constraint(
        "CHECK (COALESCE(entry_check_hour, 0) BETWEEN 0 AND 23.99"
        " AND COALESCE(register_retention_days, 0) >= 0)",
        "Enter an hour between 0:00 and 23:59, and a number of days.",
    )
