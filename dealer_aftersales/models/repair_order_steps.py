# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ..tools import service_state as steps


class RepairOrder(models.Model):
    """The buttons of the day: receive, diagnose, approve, start, check, hand back."""

    _inherit = "repair.order"

    def action_receive(self):
        """The car is here."""
        self._go_to("received")
        return True

    def action_diagnose(self):
        """It is known what is to be done."""
        self._go_to("diagnosed")
        return True

    def action_approve(self):
        """The customer agrees to the work."""
        self._go_to("approved")
        return True

    def action_start_work(self):
        self._go_to("in_work")
        return True

    def action_check(self):
        """The work is done and looked at by a second person."""
        self._go_to("quality_check")
        return True

    def action_ready(self):
        """The car can be fetched; the parts used are booked."""
        self._go_to("ready")
        return True

    def action_step_back(self, reason=False):
        """Back to the state before, with the reason in the log.

        :raises UserError: at the first state
        """
        for repair in self:
            before = steps.get_before(repair.service_state)
            if not before:
                raise UserError(
                    self.env._(
                        "Order %(order)s has no state before this one.",
                        order=repair.name,
                    )
                )
            repair._go_to(before, reason)
        return True

    def action_open_steps(self):
        """Who brought the order from state to state, and when."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Steps"),
            "res_model": "dealer.repair.log",
            "view_mode": "list",
            "domain": [("repair_id", "=", self.id)],
            "context": {"hide_order": True},
        }
