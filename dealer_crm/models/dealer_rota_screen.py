# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools.misc import format_duration


class DealerRota(models.Model):
    """Today's rota as the floor screen and the consultant's day show it."""

    _inherit = "dealer.rota"

    def _get_floor_rota(self, visits):
        """The lines in the order of the paper, with the next turn marked.

        :param visits: dealer.contact, the open ones of today
        :return: dict, or False where there is no rota today
        """
        if not self:
            return False
        own = self.sudo()
        following = own._find_next_line()
        busy = {visit.user_id.id: visit for visit in reversed(visits)}
        keeps = self._keeps_floor()
        states = dict(own.line_ids._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "state": own.state,
            "note": own.note or "",
            "lines": [
                {
                    "id": line.id,
                    "name": line.user_id.name,
                    "details": line._get_details_text(),
                    "state": line.state,
                    "state_label": states[line.state],
                    "turns": line.turn_count,
                    "is_next": line == following,
                    "visitor": busy[line.user_id.id]._get_floor_name()
                    if line.user_id.id in busy
                    else "",
                    "can_change": keeps or line.user_id.id == self.env.uid,
                }
                for line in own.line_ids.sorted(lambda x: (x.sequence, x.id))
            ],
        }


class DealerRotaLine(models.Model):
    _inherit = "dealer.rota.line"

    def _get_details_text(self):
        """Post and hours in one line."""
        self.ensure_one()
        return " · ".join(filter(None, [self.position, self._get_hours_text()]))

    def _get_hours_text(self):
        """ "09:00–13:00", or nothing for the whole day."""
        self.ensure_one()
        if not self.time_to:
            return ""
        hours = (format_duration(hour) for hour in (self.time_from, self.time_to))
        return "–".join(hours)
