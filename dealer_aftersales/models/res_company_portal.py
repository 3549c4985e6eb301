# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What customers may do on the portal."""

    _inherit = "res.company"

    portal_request_limit = fields.Integer(
        "Open Portal Requests per Person",
        default=3,
        help="So many appointments one customer may have asked for on the portal at "
        "a time. 0: no booking on the portal.",
    )

    _portal_limit_check = models.Constraint(
        "CHECK (portal_request_limit >= 0)",
        "Open Portal Requests per Person: the number cannot be negative.",
    )
