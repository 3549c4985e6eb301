# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

WAITING = ("waiting", "confirmed", "partially_available")
ARRIVED = "dealer_aftersales.mail_activity_type_parts_arrived"


class RepairOrder(models.Model):
    """Whether the order waits for parts: kept as the reservations change."""

    _inherit = "repair.order"

    parts_state = fields.Selection(
        [
            ("none", "No Parts"),
            ("waiting", "Waiting for Parts"),
            ("arrived", "Parts arrived"),
            ("available", "Parts at hand"),
        ],
        "Parts Status",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="“Parts arrived” when the order had to wait for them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_parts_state_values(vals)
            if not self.env.su and "default_parts_state" in self.env.context:
                vals["parts_state"] = False
        return super().create(vals_list)

    def write(self, vals):
        self._check_parts_state_values(vals)
        return super().write(vals)

    def _check_parts_state_values(self, vals):
        """:raises AccessError: when anybody but the system sets it"""
        if self.env.su or "parts_state" not in vals:
            return
        state = vals["parts_state"] or False
        if any(order.parts_state != state for order in self) or (not self and state):
            raise AccessError(
                self.env._("Parts Status: follows the reservations of the parts.")
            )

    def _update_parts_state(self):
        """Bring the status up to date: one grouped query for all the orders."""
        orders = self.sudo()
        found, changes = orders._find_parts_states(), {}
        for order in orders:
            state = found.get(order.id, "none")
            if state == "available" and order.parts_state in ("waiting", "arrived"):
                state = "arrived"
            if state != (order.parts_state or "none"):
                changes[state] = changes.get(state, orders.browse()) | order
        for state, changed in changes.items():
            changed.write({"parts_state": state})
            changed._after_parts_state(state)

    def _find_parts_states(self):
        """:return: dict order id → waiting or available, of orders with open parts"""
        rows = self.env["stock.move"]._read_group(
            [
                ("repair_id", "in", self.ids),
                ("repair_line_type", "=", "add"),
                ("state", "in", (*WAITING, "assigned")),
            ],
            ["repair_id", "state"],
        )
        found = {}
        for order, state in rows:
            if state in WAITING or order.id not in found:
                found[order.id] = "waiting" if state in WAITING else "available"
        return found

    def _after_parts_state(self, state):
        """The advisor is told once that all is there; later he need not be."""
        if state == "arrived":
            for order in self.filtered(lambda r: r.advisor_id or r.user_id):
                order._tell_parts_arrived()
        else:
            self.activity_unlink([ARRIVED])

    def _tell_parts_arrived(self):
        self.ensure_one()
        if self.activity_search([ARRIVED]):
            return
        person = self.advisor_id or self.user_id
        self.activity_schedule(
            ARRIVED,
            date_deadline=self.company_id._get_dealer_today(),
            user_id=person.id,
            automated=True,
            summary=self.with_context(lang=person.lang).env._(
                "Call the customer: parts have arrived"
            ),
        )

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        levels = {"waiting": "warning", "arrived": "success"}
        names = dict(self._fields["parts_state"]._description_selection(self.env))
        for repair in self:
            level = levels.get(repair.parts_state)
            if level:
                flag = ("parts", names[repair.parts_state], level)
                flags[repair.id].append(flag)
        return flags
