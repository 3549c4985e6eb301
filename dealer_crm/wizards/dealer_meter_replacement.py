# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerMeterReplacement(models.TransientModel):
    """The readings of the day on which a car got another odometer."""

    _name = "dealer.meter.replacement"
    _description = "Meter replaced"

    vehicle_id = fields.Many2one("fleet.vehicle", required=True, readonly=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    old_value = fields.Integer("Old Meter (km)")
    new_value = fields.Integer("New Meter (km)")
    reason = fields.Char(required=True)

    _value_check = models.Constraint(
        "CHECK (old_value >= 0 AND new_value >= 0)",
        "Odometer: kilometres cannot be negative.",
    )

    def action_replace(self):
        """Record it in the car's ledger."""
        self.ensure_one()
        self.vehicle_id._replace_meter(
            self.date, self.old_value, self.new_value, self.reason
        )
        return True
