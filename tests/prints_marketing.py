# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What marketing prints: builders of test_prints.py."""

from odoo import Command

LONG = "秋季试驾周末面向家庭客户的体验活动方案说明" * 15


class MarketingForms:
    """Mixin: (records, texts that must be on paper) per model."""

    def build_utm_campaign(self):
        bare, full, north = self.env["utm.campaign"].create(
            [
                {"title": "空白活动", "company_id": self.branch.id},
                {
                    "title": "秋季试驾周末",
                    "company_id": self.branch.id,
                    "date_begin": "2026-03-01",
                    "date_end": "2026-03-31",
                    "goal_leads": 20,
                    "goal_revenue": 500000,
                    "market_analysis": LONG,
                    "strategy": LONG,
                    "creative": LONG,
                    "lessons": LONG,
                    "improvement": LONG,
                    "margin_entered": 130000,
                    "budget_ids": [
                        Command.create(
                            {"name": LONG, "amount_planned": 1, "amount_actual": 1}
                        )
                        for _line in range(3)
                    ],
                    "task_ids": [Command.create({"name": LONG})],
                },
                {"title": "北店活动", "company_id": self.other_branch.id},
            ]
        )
        return bare | full | north, ["空白活动", "秋季试驾周末", "北店活动"]
