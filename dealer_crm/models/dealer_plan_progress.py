# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models
from odoo.tools.date_utils import end_of, start_of

from ..tools.plan_split import split_over_days
from .dealer_plan import PLANNED_MEASURES


class DealerPlan(models.Model):
    """Plan against done, for the head of "My day" and the daily report."""

    _inherit = "dealer.plan"

    @api.model
    def _get_progress(self, user, day, company=None):
        """What one consultant planned and did, on ``day`` and in its month.

        :return: dict by figure, in the order of the paper; each a dict with
            ``label``, ``plan_day``, ``done_day``, ``plan_month``, ``done_month``
        """
        return self._get_progress_of(user, day, company)[user.id]

    @api.model
    def _get_progress_of(self, users, day, company=None):
        """The same for many: ``{user id: progress}`` in a constant number of queries.

        Done of the month is the sum of its days; so is the plan where the month has
        no target of its own.
        """
        company = company or self.env.company
        first, last = start_of(day, "month"), end_of(day, "month")
        measures = self.env["dealer.sales.measure"]
        counts = measures._count(company, users, first, last, PLANNED_MEASURES)
        targets = self._get_targets(company, users, first, last)
        labels = dict(measures._get_selection())
        return {
            user.id: {
                key: self._prepare_progress(
                    labels[key], targets[user.id, key], counts[key], user, day
                )
                for key in PLANNED_MEASURES
            }
            for user in users
        }

    @api.model
    def _prepare_progress(self, label, target, counts, user, day):
        by_day = {d: n for (user_id, d), n in counts.items() if user_id == user.id}
        return {
            "label": label,
            "plan_day": target["days"].get(day, 0),
            "done_day": by_day.get(day, 0),
            "plan_month": target["month"],
            "done_month": sum(by_day.values()),
        }

    @api.model
    def _get_targets(self, company, users, first, last):
        """{(user id, figure): {"days": {day: target}, "month": target}}

        The narrowest plan speaks: a day's own, else its share of the week's, else
        of the month's.
        """
        lines = (
            self.env["dealer.plan.line"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("user_id", "in", users.ids),
                    ("date_from", "<=", last),
                    ("date_to", ">=", first),
                    ("target", ">", 0),
                ]
            )
        )
        targets = defaultdict(lambda: {"days": {}, "month": 0, "is_set": False})
        splits = {}
        for period in ("month", "week", "day"):
            for line in lines.filtered(lambda x, p=period: x.period == p):
                target = targets[line.user_id.id, line.measure]
                target["days"] |= line._split_target(splits, first, last)
                if period == "month":
                    target |= {"month": line.target, "is_set": True}
        for target in targets.values():
            if not target["is_set"]:
                target["month"] = sum(target["days"].values())
        return targets


class DealerPlanLine(models.Model):
    _inherit = "dealer.plan.line"

    def _split_target(self, splits, first, last):
        """{day: target} of the days between ``first`` and ``last``.

        :param dict splits: working days by period, filled on the way
        """
        self.ensure_one()
        key = (self.date_from, self.date_to)
        if key not in splits:
            days = self.company_id._get_dealer_work_days(*key)
            splits[key] = days or [self.date_from]
        shares = split_over_days(self.target, splits[key])
        return {day: n for day, n in shares.items() if first <= day <= last}
