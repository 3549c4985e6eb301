# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..models.dealer_vehicle_party import OWNER_SOURCES


class DealerVehicleTransfer(models.TransientModel):
    """A used car changes hands: who buys it, when, for how much."""

    _name = "dealer.vehicle.transfer"
    _description = "Change of Owner"

    vehicle_id = fields.Many2one("fleet.vehicle", required=True, readonly=True)
    currency_id = fields.Many2one(related="vehicle_id.currency_id")
    old_owner_id = fields.Many2one("res.partner", "Present Owner", readonly=True)
    partner_id = fields.Many2one("res.partner", "New Owner", required=True)
    date = fields.Date("Since", required=True, default=fields.Date.context_today)
    price = fields.Monetary()
    source = fields.Selection(OWNER_SOURCES, default="private")

    def action_transfer(self):
        """Close the present owner's line and open the new one's on the same day.

        :raises UserError: when the owner changed since the dialog was opened
        """
        self.ensure_one()
        if self.vehicle_id.owner_id != self.old_owner_id:
            raise UserError(
                self.env._(
                    "The owner of %(car)s was changed in the meantime.",
                    car=self.vehicle_id.display_name,
                )
            )
        self.vehicle_id._transfer_ownership(
            self.partner_id, self.date, self.price, self.source
        )
        return True
