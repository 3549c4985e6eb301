# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dealer_sanbao_watch import REPAIR_KINDS

LEVEL_COLORS = {"warn": "warning", "last": "danger", "alarm": "danger"}


class RepairOrder(models.Model):
    """The law's thresholds on the orders of a household car."""

    _inherit = "repair.order"

    def _after_state(self, source, target):
        """The car is counted again at once; the days of those in the house at night."""
        result = super()._after_state(source, target)
        repairs = self.filtered(lambda r: r.service_kind in REPAIR_KINDS)
        if repairs:
            watch = self.env["dealer.sanbao.watch"].sudo()
            watch._update_cars(repairs.vehicle_id.sudo())
        return result

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        rows = self.env["dealer.sanbao.watch"].sudo()
        rows = rows.search(
            [("vehicle_id", "in", self.vehicle_id.ids), ("level", "!=", False)]
        )
        levels = {row.vehicle_id.id: row.level for row in rows}
        text = self.env._("Three Guarantees")
        for repair in self.filtered(lambda r: r.service_kind in REPAIR_KINDS):
            level = levels.get(repair.vehicle_id.id)
            if level:
                flags[repair.id].append(("sanbao", text, LEVEL_COLORS[level]))
        return flags

    def _get_order_hints(self):
        """Warned before the threshold: counted while the order is open."""
        hints = super()._get_order_hints()
        car = self.vehicle_id
        if not car or self.service_kind not in REPAIR_KINDS:
            return hints
        watch = self.env["dealer.sanbao.watch"]
        findings = watch._get_findings(car)
        for finding, text in zip(
            findings, watch._get_finding_lines(findings), strict=True
        ):
            if finding.kind == "visit" and finding.subject != str(self.id):
                continue
            hints.append(
                self._hint(
                    "sanbao",
                    self._get_sanbao_advice(finding, text),
                    LEVEL_COLORS[finding.level],
                    car,
                    label=self.env._("Three Guarantees"),
                )
            )
        return hints

    def _get_sanbao_advice(self, finding, text):
        """A long visit means a substitute car, all else what was counted."""
        if finding.kind != "visit":
            return text
        return self.env._("%(text)s. Offer a substitute car.", text=text)
