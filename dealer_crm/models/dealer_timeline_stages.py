# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DealerTimelineMixin(models.AbstractModel):
    """The needs analyses among the events of a lead."""

    _inherit = "dealer.timeline.mixin"

    def _get_timeline_sources(self):
        return [
            *super()._get_timeline_sources(),
            {
                "kind": "lead",
                "label": self.env._("Leads"),
                "icon": "fa-star-o",
                "model": "dealer.needs.analysis",
                "date": "date",
                "partner": "lead_id.partner_id",
                "lead": "lead_id",
                "describe": self._describe_needs_analysis,
                "groups": "dealer_crm.group_sales_consultant",
            },
        ]

    def _describe_needs_analysis(self, analysis):
        models = analysis.line_ids.vehicle_model_id.mapped("display_name")
        return {
            "title": self.env._("Needs Analysis"),
            "text": ", ".join(models) or analysis.stated_needs or "",
            "user": analysis.user_id.name,
        }
