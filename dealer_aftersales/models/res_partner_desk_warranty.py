# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_date

from .repair_order_warranty_sanbao import LEVEL_COLORS


class ResPartner(models.Model):
    """What the desk must know of the car: recalls, the law's thresholds, papers."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        lines = super()._get_desk_now(vehicle)
        if not vehicle:
            return lines
        return (
            self._get_recall_lines(vehicle)
            + self._get_sanbao_lines(vehicle)
            + lines
            + self._get_contract_lines(vehicle)
            + self._get_insurance_lines(vehicle)
        )

    def _get_recall_lines(self, vehicle):
        return [
            self._line(
                "danger" if line.is_safety else "warning",
                "fa-bullhorn",
                self.env._("Open recall: %(recall)s", recall=line.recall_id.name),
                line.recall_id,
            )
            for line in vehicle._get_open_recalls()
        ]

    def _get_sanbao_lines(self, vehicle):
        if not self.env["dealer.sanbao.watch"].has_access("read"):
            return []
        rows = self.env["dealer.sanbao.watch"].sudo()
        rows = rows.search([("vehicle_id", "in", vehicle.ids), ("level", "!=", False)])
        return [
            self._line(
                LEVEL_COLORS[row.level],
                "fa-balance-scale",
                self.env._("Three Guarantees: %(text)s", text=row._get_short_text()),
                vehicle,
            )
            for row in rows
        ]

    def _get_contract_lines(self, vehicle):
        contracts = self.env["dealer.service.contract"]
        if not contracts.has_access("read"):
            return []
        return [
            self._line(
                "success",
                "fa-gift",
                self.env._(
                    "%(name)s: %(left)s of %(total)s left",
                    name=contract.type_id.name,
                    left=contract.service_left,
                    total=contract.service_total,
                ),
                contract,
            )
            for contract in contracts._get_running(vehicle, "services")
        ]

    def _get_insurance_lines(self, vehicle):
        kinds = self.env["dealer.insurance.policy"]._fields["kind"]
        names = dict(kinds._description_selection(self.env))
        return [
            self._line(
                "warning",
                "fa-shield",
                self.env._(
                    "Insurance (%(kind)s) ends on %(date)s",
                    kind=names[policy.kind],
                    date=format_date(self.env, policy.date_end),
                ),
                policy,
            )
            for policy in vehicle._get_insurance_warnings()
        ]
