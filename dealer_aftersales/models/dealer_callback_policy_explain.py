# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class DealerCallbackPolicy(models.Model):
    """A policy says in one sentence what it does."""

    _inherit = "dealer.callback.policy"

    day_name = fields.Char(
        translate=True,
        help="What happens on the day, in words: for the call card. Empty: the name of "
        "the date's field.",
    )
    summary = fields.Char("In short", compute="_compute_summary")

    @api.depends(
        "date_field_id",
        "day_name",
        "festival_id",
        "offset_days",
        "channel",
        "max_attempts",
        "template_id",
        "segment_id",
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for policy in self:
            policy.summary = " · ".join(
                filter(
                    None,
                    [
                        policy._get_due_text(),
                        channels.get(policy.channel, ""),
                        policy._get_effort_text(),
                        policy.segment_id.name,
                    ],
                )
            )

    def _get_date_label(self):
        """What the day is the day of, e.g. "Delivered on"."""
        self.ensure_one()
        policy = self.sudo()
        return (
            policy.day_name
            or policy.festival_id.name
            or policy.date_field_id.field_description
            or ""
        )

    def _get_due_text(self):
        values = {"days": abs(self.offset_days), "event": self._get_date_label()}
        if not self.offset_days:
            return self.env._("On the day: %(event)s", **values)
        if self.offset_days < 0:
            return self.env._("%(days)s day(s) before: %(event)s", **values)
        return self.env._("%(days)s day(s) after: %(event)s", **values)

    def _get_effort_text(self):
        if self._is_sending():
            return self.env._("sent by itself")
        return self.env._("up to %(count)s attempts", count=self.max_attempts)


class DealerCallback(models.Model):
    """A call says which day it stands on, not only which policy made it."""

    _inherit = "dealer.callback"

    def _compute_reason(self):
        result = super()._compute_reason()
        for callback in self.filtered(lambda c: not c.repair_id and c.date_due):
            policy = callback.policy_id
            day = callback.date_due - timedelta(days=policy.offset_days)
            callback.reason = self.env._(
                "%(policy)s: %(event)s %(date)s",
                policy=policy.name,
                event=policy._get_date_label(),
                date=format_date(self.env, day),
            )
        return result
