# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models
from odoo.fields import Domain
from odoo.tools import format_date

LINES_SHOWN = 10


class RepairOrder(models.Model):
    """Work declined before is offered again on this order, one click takes it."""

    _inherit = "repair.order"

    def _on_lines_declined(self, lines):
        result = super()._on_lines_declined(lines)
        for repair in self.filtered("vehicle_id"):
            mine = lines.filtered(lambda x, r=repair: x.estimate_id.repair_id == r)
            self.env["dealer.declined.work"]._note_estimate_lines(repair, mine.sudo())
        return result

    def _get_order_hints(self):
        works = self.env["dealer.declined.work"]
        if not self.vehicle_id or not works.has_access("read"):
            return super()._get_order_hints()
        # What was declined on this very order is no news here.
        works = works.search(
            works._get_waiting_domain(self.vehicle_id)
            & Domain("repair_id", "!=", self._origin.id),
            limit=LINES_SHOWN,
        )
        return super()._get_order_hints() + [
            self._hint(
                "declined",
                self.env._("Declined: %(work)s", work=work._get_hint_text()),
                "info",
                work,
                "action_take_declined",
                self.env._("Take over"),
            )
            for work in works
        ]

    def action_take_declined(self):
        """Put declined work of the car on this order (``hint_id`` in the context)."""
        self.ensure_one()
        self.check_access("write")
        works = self.env["dealer.declined.work"]
        wanted = works._get_waiting_domain(self.vehicle_id)
        work = works.search(wanted).filtered(
            lambda w: w.id == self.env.context.get("hint_id")
        )
        if work:
            work._take_over(self)
        return True

    def _add_declined_part(self, work):
        """The part of declined work on this order; :return: its stock move"""
        before = self.move_ids
        part = {
            "repair_line_type": "add",
            "product_id": work.product_id.id,
            "product_uom_qty": work.quantity or 1.0,
        }
        self.write({"move_ids": [Command.create(part)]})
        return self.move_ids - before

    def _after_state(self, source, target):
        result = super()._after_state(source, target)
        works = self.env["dealer.declined.work"]
        if target == "delivered":
            works._close_delivered(self)
        elif source == "delivered":
            works._reopen_undelivered(self)
        return result


class DealerDeclinedWork(models.Model):
    _inherit = "dealer.declined.work"

    def _get_hint_text(self):
        """What, when, for how much then and now."""
        self.ensure_one()
        day = format_date(self.env, self.date)
        then, now = (
            self.currency_id.format(amount) for amount in (self.amount, self.amount_now)
        )
        values = {"work": self.name, "date": day, "then": then, "now": now}
        if not self.amount:
            return self.env._("%(work)s (declined %(date)s)", **values)
        if not self.amount_now or then == now:
            return self.env._("%(work)s (declined %(date)s, %(then)s)", **values)
        return self.env._(
            "%(work)s (declined %(date)s, %(then)s, now %(now)s)", **values
        )
