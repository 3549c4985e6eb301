# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

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
        """The second visit of a lead, or of his number before the lead: a sign.

        Who only called before has not come again.
        """
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
        leads = self.env["crm.lead"].union(*(row[0] for row in counts))
        repeats = visits.filtered(lambda c: c.is_repeat and c.lead_id not in leads)
        (leads | repeats._get_leads_seen_before()).sudo()._tick_sign(CAME_AGAIN)

    def _get_leads_seen_before(self):
        """Leads of those of these visits whose person had come before; one query."""
        keys = self.mapped("visitor_phone"), self.partner_id.ids
        if not self or not any(keys):
            return self.lead_id.browse()
        domain = Domain("visitor_phone", "in", [p for p in keys[0] if p])
        domain |= Domain("partner_id", "in", keys[1])
        domain &= Domain("channel", "=", "visit") & Domain("direction", "=", "in")
        domain &= Domain("purpose", "not in", OTHER_ERRANDS)
        domain &= Domain("id", "not in", self.ids)
        earlier = self.sudo().search(domain)
        known = set(earlier.mapped("visitor_phone")), earlier.partner_id
        return self.filtered(
            lambda c: (c.visitor_phone and c.visitor_phone in known[0])
            or c.partner_id & known[1]
        ).lead_id
