# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Command


class DealerAppointment(models.Model):
    """The options are agreed with the visit and go on to its order."""

    _name = "dealer.appointment"
    _inherit = ["dealer.appointment", "dealer.visit.option.mixin"]

    def _make_repair(self, state):
        """The options follow once the order knows the visit they were promised for."""
        result = super()._make_repair(state)
        if self.option_ids:
            self.sudo().repair_id.write(self._prepare_option_values())
        return result

    def _prepare_option_values(self):
        return {
            "option_ids": [Command.set(self.option_ids.ids)],
            "pickup_address": self.pickup_address,
            "pickup_date": self.pickup_date,
        }
