# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

LINES_SHOWN = 10


class ResPartner(models.Model):
    """What is open and planned in the workshop and in customer care."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        lines = super()._get_desk_now(vehicle)
        return lines + self._get_open_repair_lines(vehicle) + self._get_due_calls()

    def _get_open_repair_lines(self, vehicle):
        """Orders of the person or of the car that are not delivered yet."""
        repairs = self.env["repair.order"]
        if not repairs.has_access("read"):
            return []
        repairs = repairs.search(
            (
                Domain("partner_id", "in", self.ids)
                | Domain("vehicle_id", "in", vehicle.ids if vehicle else [])
            )
            & repairs._get_desk_domain(),
            limit=LINES_SHOWN,
        )
        return [
            self._line(
                "warning",
                "fa-wrench",
                self.env._("In the workshop: %(number)s", number=repair.name),
                repair,
            )
            for repair in repairs
        ]

    def _get_open_calls(self, due_only):
        calls = self.env["dealer.callback"]
        if not calls.has_access("read"):
            return calls
        domain = Domain("partner_id", "in", self.ids) & Domain("state", "=", "planned")
        if due_only:
            today = self.env.company._get_dealer_today()
            domain &= Domain("date_due", "<=", today) & calls._get_callable_domain()
        return calls.search(domain, order="date_due, id", limit=LINES_SHOWN)

    def _get_due_calls(self):
        """A call that waits: the person is here, ask now."""
        return [
            self._line(
                "warning",
                "fa-headphones",
                self.env._("Callback due: %(policy)s", policy=call.policy_id.name),
                call,
            )
            for call in self._get_open_calls(due_only=True)
        ]

    def _get_desk_next(self):
        return super()._get_desk_next() + [
            self._plan(call.date_due, call.policy_id.name, call.user_id, call)
            for call in self._get_open_calls(due_only=False)
        ]
