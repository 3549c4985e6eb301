# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .repair_order_state import SERVICE_STATES


class DealerRepairLog(models.Model):
    """Each step of an order through the workshop, with user and time (SVC-04).

    No line is written when an order is opened: that is the order's own arrival.
    """

    _name = "dealer.repair.log"
    _description = "Repair Order Step"
    _inherit = "dealer.step.log.mixin"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    state_from = fields.Selection(SERVICE_STATES, "From", required=True, readonly=True)
    state_to = fields.Selection(SERVICE_STATES, "To", required=True, readonly=True)


class RepairOrder(models.Model):
    _inherit = "repair.order"

    log_ids = fields.One2many(
        "dealer.repair.log", "repair_id", "Steps", readonly=True, copy=False
    )

    def _log_transition(self, source, target, reason=False):
        """One line per order, all in one INSERT."""
        logs = self.env["dealer.repair.log"].sudo()
        last = dict(
            logs._read_group(
                [("repair_id", "in", self.ids)], ["repair_id"], ["date:max"]
            )
        )
        values = []
        for repair in self:
            since = last.get(repair) or repair._get_first_state_moment(source)
            step = logs._prepare_step(source, target, since, reason)
            values.append({**step, "repair_id": repair.id})
        logs.create(values)

    def _get_first_state_moment(self, source):
        """Since when the order is in its first state."""
        self.ensure_one()
        arrival = False if source == "appointment" else self.date_in
        return arrival or self.create_date or fields.Datetime.now()
