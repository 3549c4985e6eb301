# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .repair_order_state import SERVICE_STATES


class DealerRepairLog(models.Model):
    """Each step of an order through the workshop, with user and time (SVC-04).

    No line is written when an order is opened: that is the order's own arrival.
    Minutes tell how long the order was in the state it left.
    """

    _name = "dealer.repair.log"
    _description = "Repair Order Step"
    _order = "date desc, id desc"

    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    state_from = fields.Selection(SERVICE_STATES, "From", required=True, readonly=True)
    state_to = fields.Selection(SERVICE_STATES, "To", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True)
    date = fields.Datetime("At", required=True, readonly=True)
    minutes = fields.Integer(
        "Minutes before",
        readonly=True,
        help="How long the order was in the state it left.",
    )
    reason = fields.Char(readonly=True)


class RepairOrder(models.Model):
    _inherit = "repair.order"

    log_ids = fields.One2many(
        "dealer.repair.log", "repair_id", "Steps", readonly=True, copy=False
    )

    def _log_transition(self, source, target, reason=False):
        """One line per order, all in one INSERT."""
        now = fields.Datetime.now()
        logs = self.env["dealer.repair.log"].sudo()
        last = dict(
            logs._read_group(
                [("repair_id", "in", self.ids)], ["repair_id"], ["date:max"]
            )
        )
        values = []
        for repair in self:
            start = last.get(repair) or repair._get_first_state_moment(source)
            values.append(
                {
                    "repair_id": repair.id,
                    "state_from": source,
                    "state_to": target,
                    "user_id": self.env.uid,
                    "date": now,
                    "minutes": max(0, int((now - start).total_seconds() // 60)),
                    "reason": reason,
                }
            )
        logs.create(values)

    def _get_first_state_moment(self, source):
        """Since when the order is in its first state."""
        self.ensure_one()
        arrival = False if source == "appointment" else self.date_in
        return arrival or self.create_date or fields.Datetime.now()
