# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class DealerCallbackPolicy(models.Model):
    """Greetings of a festival: the day comes from its calendar, once each year."""

    _inherit = "dealer.callback.policy"

    cycle = fields.Selection(
        selection_add=[("festival", "On the Day of a Festival")],
        ondelete={"festival": "cascade"},
    )
    festival_id = fields.Many2one("dealer.festival", ondelete="restrict", index=True)

    @api.constrains("cycle", "festival_id", "model_id")
    def _check_festival(self):
        for policy in self:
            if policy.cycle != "festival":
                continue
            if not policy.festival_id:
                raise ValidationError(
                    self.env._("Festival: choose the one that is greeted on.")
                )
            if policy.model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "Made from: a festival greets customers, not %(model)s.",
                        model=policy.model_id.name,
                    )
                )

    def _is_dated_elsewhere(self):
        return self.cycle == "festival" or super()._is_dated_elsewhere()

    def _get_source_query(self, company, today, domain, is_dated=True):
        """Most nights no festival is near: nobody is looked for."""
        if self.cycle == "festival" and is_dated:
            day = self._get_festival_day(today)
            if not day or day + self._get_offset() < self._get_first_due(today):
                return None
        return super()._get_source_query(company, today, domain, is_dated)

    def _get_festival_day(self, today):
        """The newest day that the job already looks at, or None."""
        horizon = today + timedelta(days=self.ahead_days) - self._get_offset()
        return self.festival_id._get_last_day(horizon)

    def _get_offset(self):
        return timedelta(days=self.offset_days)

    def _get_date_sql(self, model, query, company, today):
        if self.cycle != "festival":
            return super()._get_date_sql(model, query, company, today)
        return SQL("%s::date", self._get_festival_day(today))

    def _get_event_sql(self):
        if self.cycle != "festival":
            return super()._get_event_sql()
        return SQL(
            "%s || extract(year FROM s.source_date)::int",
            f"dealer.festival/{self.festival_id.id}/",
        )


class DealerCallback(models.Model):
    """The festival's wishes on the call card and in letters."""

    _inherit = "dealer.callback"

    festival_id = fields.Many2one(related="policy_id.festival_id")
    greeting = fields.Text(related="policy_id.festival_id.greeting", string="Wishes")
