# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """What was promised to the customer, on the desk card and the overview."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        leads = self.env["crm.lead"]
        open_by = self.env["dealer.promise"]._get_open_by(leads, self)
        none = self.env["dealer.promise"]
        promises = none.union(
            *(open_by.get(("res.partner", partner.id), none) for partner in self)
        )
        lines = [
            self._line(
                "danger" if promise.is_overdue else "warning",
                "fa-handshake-o",
                promise._get_words(),
                promise,
            )
            for promise in promises
        ]
        return lines + super()._get_desk_now(vehicle)
