# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Inspections, repeat repairs and declined work of the branch."""

    _inherit = "res.company"

    inspect_on_receive = fields.Boolean(
        "Inspect at every Reception",
        help="The walk-around is prepared when an order is received.",
    )
    quality_check_required = fields.Boolean(
        "Quality Check before Ready",
        default=True,
        help="A car is ready when every point of its quality check is answered.",
    )
    repeat_repair_days = fields.Integer(
        "Repeat Repair within (days)",
        default=30,
        help="The same symptom on the same car within these days is a repeat repair.",
    )
    declined_remind_days = fields.Integer(
        "Remind of declined Work after (days)", default=30
    )
    declined_keep_days = fields.Integer(
        "Declined Work expires after (days)", default=365
    )
