# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerServiceContractType(models.Model):
    """What a service contract promises: how long, how far, how many services."""

    _name = "dealer.service.contract.type"
    _description = "Service Contract Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("warranty", "Extended Warranty"), ("services", "Free Services")],
        required=True,
        default="services",
    )
    months = fields.Integer("Term (months)", help="0: no end in time.")
    km = fields.Integer("Term (km)", help="0: no end in distance.")
    service_count = fields.Integer("Services", help="How many services are free.")
    after_warranty = fields.Boolean(
        "Begins after the Warranty",
        help="The term begins where the maker's warranty ends.",
    )
    is_personal = fields.Boolean(
        "Personal", help="Ends when the car goes to another owner."
    )
    operation_ids = fields.Many2many(
        "product.product",
        string="Operations covered",
        domain="[('type', '=', 'service')]",
        help="Empty: all labour of a maintenance order.",
    )
    description = fields.Text("Terms", translate=True)
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )

    _term_check = models.Constraint(
        "CHECK (months >= 0 AND km >= 0 AND service_count >= 0)",
        "Term: months, kilometres and services cannot be negative.",
    )
    _services_check = models.Constraint(
        "CHECK (kind <> 'services' OR service_count > 0)",
        "Services: a pack of free services needs a number of services.",
    )
