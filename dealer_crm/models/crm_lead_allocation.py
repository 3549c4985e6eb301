# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: What a lead is won, lost and restored by.
CLOSING_FIELDS = frozenset({"active", "probability", "stage_id"})


class CrmLead(models.Model):
    """A car is kept for a customer only as long as he may still buy it."""

    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if CLOSING_FIELDS & vals.keys():
            self.filtered(lambda x: x.won_status == "lost")._release_cars()
        return result

    def _release_cars(self):
        """The cars kept for lost leads can be sold to others; the lead tells which.

        A car that a contract holds too stays with the contract.
        """
        if not self:
            return
        cars = self.env["fleet.vehicle"].sudo()
        cars = cars.search(
            [("allocated_lead_id", "in", self.ids), ("allocated_order_id", "=", False)]
        )
        for lead, kept in cars.grouped("allocated_lead_id").items():
            names = ", ".join(kept.mapped("display_name"))
            kept._free_allocation()
            lead.with_env(self.env)._message_log(
                body=self.env._("Free for others again: %(cars)s", cars=names)
            )
