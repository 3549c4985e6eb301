# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections.abc import Iterable
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

MINUTES_OF_DAY = 24 * 60


class DealerBoardMixin(models.AbstractModel):
    """What the screens of the day share: the day's bounds, links, spans in words."""

    _name = "dealer.board.mixin"
    _description = "Screen of the Day"

    @api.model
    def _check_board_group(self, group):
        """:raises AccessError: users without the role the screen is made for"""
        if not (self.env.su or self.env.user.has_group(group)):
            raise AccessError(
                self.env._("This screen is for the staff of the showroom.")
            )

    @api.model
    def _get_day_domain(self, field, company, days=1):
        """Moments of ``field`` within the branch's day, from now ``days`` long."""
        today = company._get_dealer_today()
        start = company._get_dealer_day_start(today)
        end = company._get_dealer_day_start(today + timedelta(days=days))
        return Domain(field, ">=", start) & Domain(field, "<", end)

    @api.model
    def _list_action(self, name, model, domain, view=None, context=None):
        """The records behind a number.

        :param view: XML id of the list to use, else the model's own one
        """
        view_id = view and self.env.ref(view).id
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "domain": [self._to_json_leaf(leaf) for leaf in Domain(domain)],
            "views": [(view_id or False, "list"), (False, "form")],
            "context": context or {},
        }

    @api.model
    def _to_json_leaf(self, leaf):
        """Sets of values as lists: the client reads nothing else."""
        if isinstance(leaf, str) or isinstance(leaf[2], str):
            return leaf
        name, operator, value = leaf
        return (name, operator, list(value) if isinstance(value, Iterable) else value)

    @api.model
    def _get_minutes(self, moment):
        """Minutes from ``moment`` (UTC) until now; negative when it is to come."""
        return int((fields.Datetime.now() - moment).total_seconds() // 60)

    @api.model
    def _format_span(self, minutes):
        """A length of time in words, whole days where it is longer."""
        minutes = abs(minutes)
        if minutes < 60:
            return self.env._("%(minutes)d min", minutes=minutes)
        if minutes < MINUTES_OF_DAY:
            return self.env._(
                "%(hours)d h %(minutes)02d min",
                hours=minutes // 60,
                minutes=minutes % 60,
            )
        return self.env._("%(days)d d", days=minutes // MINUTES_OF_DAY)

    @api.model
    def _describe_due(self, day, today):
        """A planned day as (words, level): overdue is said, not only coloured."""
        if not day:
            return "", "muted"
        late = (today - day).days
        if late > 0:
            return self.env._("overdue: %(days)d d", days=late), "danger"
        if late == 0:
            return self.env._("Today"), "warning"
        return format_date(self.env, day), "muted"
