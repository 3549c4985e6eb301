# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.grade import CAME_AGAIN

#: What brings a customer to the showroom without looking at a car.
OTHER_ERRANDS = ("service", "delivery", "after_service", "after_delivery", "complaint")


class DealerContact(models.Model):
    """What the ledger knows of a customer's interest: he came to look again."""

    _inherit = "dealer.contact"

    def _apply_to_leads(self):
        result = super()._apply_to_leads()
        self._tick_came_again()
        return result

    def _get_sales_visits(self):
        return self.filtered(
            lambda c: c.lead_id
            and c.channel == "visit"
            and c.direction == "in"
            and c.purpose not in OTHER_ERRANDS
        )

    def _tick_came_again(self):
        """The second visit of a lead, or one the register knows as such: a sign."""
        visits = self.sudo()._get_sales_visits()
        if not visits:
            return
        counts = self.sudo()._read_group(
            [
                ("lead_id", "in", visits.lead_id.ids),
                ("channel", "=", "visit"),
                ("direction", "=", "in"),
                ("purpose", "not in", OTHER_ERRANDS),
            ],
            ["lead_id"],
            having=[("__count", ">", 1)],
        )
        leads = visits.filtered("is_repeat").lead_id.union(*(row[0] for row in counts))
        leads._tick_sign(CAME_AGAIN)
