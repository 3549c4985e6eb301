# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class CrmLead(models.Model):
    """First car, a car instead of the old one, or one more."""

    _inherit = "crm.lead"

    purchase_type = fields.Selection(
        [
            ("first", "First Car"),
            ("replace", "Replacement"),
            ("additional", "Additional Car"),
        ],
        "Kind of Purchase",
        default="first",
        tracking=True,
    )

    def _merge_get_fields(self):
        return super()._merge_get_fields() + ["purchase_type"]


class FleetVehicle(models.Model):
    _inherit = "fleet.vehicle"

    def action_open_repurchase(self):
        """The owner thinks of his next car: ask which."""
        self.ensure_one()
        return self.env["dealer.repurchase"]._open_for(self.owner_id, self)
