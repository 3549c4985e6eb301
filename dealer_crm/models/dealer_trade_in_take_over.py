# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class DealerTradeIn(models.Model):
    """The old car stands in our yard: it is a stock car, and nobody's any more."""

    _inherit = "dealer.trade.in"

    def action_take_over(self):
        """Put the old cars into stock; their owners' time ends today.

        :raises UserError: without a vehicle card, or when somebody else than the
            customer of the lead owns the car
        """
        self.check_access("write")
        for trade_in in self.filtered(lambda t: t.state != "done"):
            trade_in._check_take_over()
            # Consultants do not write cards of stock cars; the lead's own may do this.
            trade_in.vehicle_id.sudo()._take_into_stock()
            trade_in.state = "done"
        return True

    def _check_take_over(self):
        self.ensure_one()
        vehicle, lead = self.vehicle_id.sudo(), self.lead_id.sudo()
        if not vehicle:
            raise UserError(
                self.env._("Old Car: choose its vehicle card before it is taken over.")
            )
        people = lead.partner_id | lead.partner_id.commercial_partner_id
        if not vehicle.owner_id or vehicle.owner_id not in people:
            raise UserError(
                self.env._(
                    "Old Car: %(car)s does not belong to the customer of this lead.",
                    car=vehicle.display_name,
                )
            )
