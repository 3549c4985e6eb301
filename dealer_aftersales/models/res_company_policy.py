# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools.misc import format_duration


class ResCompany(models.Model):
    """What a branch tells its customers about its service."""

    _inherit = "res.company"

    service_policy = fields.Html(
        help="The branch's own terms: they are printed on the policy sheet after the "
        "warranty of the car.",
    )

    def _get_opening_hours(self):
        """When the branch is open, in words: neighbouring days alike in one line.

        :return: list of (days, times); empty for a branch without working hours
        """
        self.ensure_one()
        lines = self.sudo().resource_calendar_id.attendance_ids.filtered(
            lambda a: not a.display_type and a.day_period != "lunch"
        )
        names = dict(lines._fields["dayofweek"]._description_selection(self.env))
        runs = []
        for number, name in names.items():
            day = lines.filtered(lambda a, d=number: a.dayofweek == d)
            times = self._get_day_hours(day)
            if runs and runs[-1][1] == times:
                runs[-1][0].append(name)
            else:
                runs.append(([name], times))
        return [
            (days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}", times)
            for days, times in runs
            if times
        ]

    def _get_day_hours(self, lines):
        """Times of one day; shifts that touch each other are one."""
        spans = []
        for start, stop in sorted({(a.hour_from, a.hour_to) for a in lines}):
            if spans and start <= spans[-1][1]:
                spans[-1][1] = max(stop, spans[-1][1])
            else:
                spans.append([start, stop])
        return ", ".join(
            f"{format_duration(start)}–{format_duration(stop)}" for start, stop in spans
        )
