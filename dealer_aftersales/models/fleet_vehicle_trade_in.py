# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class FleetVehicle(models.Model):
    """An old car is a reason to talk of a new one (SEG-03)."""

    _inherit = "fleet.vehicle"

    def action_make_trade_in_lead(self):
        """One click: the open replacement lead of this car, or a new one.

        :raises UserError: the car has no owner, or another consultant is in talks
        """
        self.ensure_one()
        offers = self.env["dealer.repurchase"]
        action = offers._open_for(self.owner_id, self)
        offer = offers.with_context(**action["context"]).create(
            {"purchase_type": "replace", "has_trade_in": True}
        )
        return offer.action_make_lead()
