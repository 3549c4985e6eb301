# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain


class DealerFloor(models.AbstractModel):
    """Daily reports on the manager's floor: those to read, those missing."""

    _inherit = "dealer.floor"

    @api.model
    def _get_floor_blocks(self, company):
        return [*super()._get_floor_blocks(company), self._get_report_block(company)]

    @api.model
    def _get_report_block(self, company):
        reports = self.env["dealer.daily.report"]
        counts = reports._get_floor_counts(company)
        waiting = Domain(
            [("company_id", "=", company.id), ("approval_state", "=", "submitted")]
        )
        title = self.env._("Daily reports to read")
        missing = counts["missing"]
        return {
            "key": "reports",
            "title": title,
            "value": counts["to_read"],
            "note": self.env._("%(count)d not handed in", count=missing)
            if missing
            else "",
            "level": "warning" if counts["to_read"] or missing else "success",
            "action": self._list_action(title, reports._name, waiting),
            "lines": [
                {
                    "key": report.id,
                    "text": report.display_name,
                    "note": "",
                    "user": "",
                    "level": "muted",
                    "model": reports._name,
                    "res_id": report.id,
                }
                for report in reports.search(waiting, order="date, id", limit=8)
            ],
        }


class DealerMyDay(models.AbstractModel):
    """Above the consultant's cards: plan against done, and the manager's words."""

    _inherit = "dealer.my.day"

    @api.model
    def _get_my_day_header(self, user, company, columns):
        header = super()._get_my_day_header(user, company, columns)
        header["figures"] += self._get_plan_figures(user, company)
        header["messages"] += self._get_manager_words(user, company)
        return header

    @api.model
    def _get_plan_figures(self, user, company):
        """What a plan is set for: done of the day and of the month."""
        today = company._get_dealer_today()
        progress = self.env["dealer.plan"]._get_progress(user, today, company)
        return [
            {
                "key": key,
                "label": row["label"],
                "done": row["done_day"],
                "plan": row["plan_day"],
                "month": self.env._(
                    "month %(done)s / %(plan)s",
                    done=row["done_month"],
                    plan=row["plan_month"],
                ),
                "action": False,
            }
            for key, row in progress.items()
            if row["plan_month"] or row["plan_day"]
        ]

    @api.model
    def _get_manager_words(self, user, company):
        """The arrangement of the morning and the instruction of last evening.

        :return: list of dicts ``title``, ``text``
        """
        today = company._get_dealer_today()
        brief = self.env["dealer.daily.brief"].search(
            [("company_id", "=", company.id), ("date", "=", today)], limit=1
        )
        last = self.env["dealer.daily.report"].search(
            [
                ("company_id", "=", company.id),
                ("user_id", "=", user.id),
                ("date", "<", today),
            ],
            order="date desc",
            limit=1,
        )
        words = [
            (self.env._("Arrangement of the Day"), brief.arrangement),
            (self.env._("Instruction"), last.instruction),
        ]
        return [{"title": title, "text": text} for title, text in words if text]
