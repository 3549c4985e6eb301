# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_amount


class DealerTimelineMixin(models.AbstractModel):
    """The events of the workshop and of customer care."""

    _inherit = "dealer.timeline.mixin"

    def _get_timeline_sources(self):
        return [
            *super()._get_timeline_sources(),
            {
                "kind": "repair",
                "label": self.env._("Repair Orders"),
                "icon": "fa-wrench",
                "model": "repair.order",
                "date": "date_in",
                "partner": "partner_id",
                "vehicle": "vehicle_id",
                "domain": [("state", "!=", "cancel")],
                "describe": self._describe_repair,
            },
            {
                "kind": "callback",
                "label": self.env._("Callbacks"),
                "icon": "fa-headphones",
                "model": "dealer.callback",
                "date": "date_done",
                "partner": "partner_id",
                "vehicle": "vehicle_id",
                "describe": self._describe_callback,
            },
        ]

    def _describe_repair(self, repair):
        parts = [repair.name]
        if repair.service_kind:
            parts.append(self._get_choice(repair, "service_kind"))
        if repair.odometer_in:
            parts.append(f"{repair.odometer_in:,} km")
        if repair.amount_total:
            parts.append(
                format_amount(self.env, repair.amount_total, repair.currency_id)
            )
        return {
            "title": " · ".join(parts),
            "text": repair.work_summary or "",
            "user": repair.advisor_id.name or "",
        }

    def _describe_callback(self, callback):
        text = self._get_choice(callback, "state")
        if callback.is_scored:
            text = self.env._(
                "%(state)s, satisfaction %(score)g", state=text, score=callback.score
            )
        return {
            "title": callback.policy_id.name,
            "text": text,
            "user": callback.user_id.name or "",
        }
