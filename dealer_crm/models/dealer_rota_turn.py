# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

import pytz
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

OPEN_VISIT = ("waiting", "served")


class DealerRota(models.Model):
    """The turn: who gets the next visitor. Never the same turn twice."""

    _inherit = "dealer.rota"

    @api.model
    def _get_today(self, company):
        """The rota of the branch's day, draft or confirmed, or an empty one."""
        return self.sudo()._find_day(company, company._get_dealer_today())

    @api.model
    def _peek_turn(self, company):
        """Whose turn it is; the turn is not used.

        :param company: res.company, the branch
        :return: res.users; empty without a rota and where nobody is free
        """
        return self._get_today(company)._find_next_line().user_id.with_env(self.env)

    @api.model
    def _take_turn(self, company, user=None):
        """The next free person gets the visitor; the one after him gets ready.

        The row of the rota is locked: of two receptionists the second waits and
        gets the next person (his transaction is repeated by the server).

        :param company: res.company, the branch
        :param user: res.users the form proposed. Where somebody else is next by
            now, that one is taken: compare the answer to say so.
        :return: res.users; empty without a rota and where nobody is free
        """
        rota = self._get_today(company)
        if not rota:
            return self.env["res.users"]
        rota._lock_row()
        line = rota._find_next_line()
        if line:
            rota.write({"last_line_id": line.id, "turn_number": rota.turn_number + 1})
            line.turn_count += 1
            rota._tell_turn(line)
        return line.user_id.with_env(self.env)

    def _lock_row(self):
        """What others took meanwhile is seen, or this transaction starts again."""
        self.flush_recordset()
        self.line_ids.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM dealer_rota WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()
        self.line_ids.invalidate_recordset()

    def _find_next_line(self, without=None):
        """The line after the last turn whose person is free now; wraps around.

        :param without: res.users who are not asked, for the one after the next
        :return: dealer.rota.line, empty where everybody is busy or away
        """
        lines = self._get_lines_in_turn()
        busy = lines._get_busy_users() | (without or self.env["res.users"])
        free = lines.filtered(lambda x: x.user_id not in busy and x._is_available())
        return free[:1]

    def _get_lines_in_turn(self):
        """All lines, the one after the last turn first."""
        lines = self.line_ids.sorted(lambda line: (line.sequence, line.id))
        if self.last_line_id in lines:
            at = lines.ids.index(self.last_line_id.id) + 1
            lines = lines[at:] + lines[:at]
        return lines

    def _tell_turn(self, line):
        """Tell who was taken that a visitor is there, and the next to get ready."""
        self._notify(line.user_id, "taken")
        following = self._find_next_line(without=line.user_id)
        if following:
            self._notify(following.user_id, "next")

    def _notify(self, user, kind):
        """A message in the web client of ``user``, in the language of ``user``."""
        env = self.with_context(lang=user.lang).env
        texts = {
            "taken": (env._("Your visitor"), env._("A visitor is waiting for you.")),
            "next": (
                env._("You are next"),
                env._("Please take your place: the next visitor is yours."),
            ),
        }
        title, message = texts[kind]
        level = "warning" if kind == "taken" else "info"
        user._bus_send(
            "simple_notification",
            {"type": level, "title": title, "message": message, "sticky": True},
        )

    @api.model
    def _get_rota_warning(self, company):
        """Why the order of turns does not hold today, in words.

        :return: "" where the rota of today is confirmed
        """
        rota = self._get_today(company)
        if not rota.line_ids:
            return self.env._("There is no rota for today: ask the manager for one.")
        if rota.state != "confirmed":
            return self.env._(
                "Today's rota is not confirmed yet: the manager does it in the "
                "morning meeting."
            )
        return ""

    @api.model
    def _is_on_duty(self, user, company):
        """False for a person who is marked absent on today's rota of the branch."""
        return user.active and user not in self._get_absent_users(company)

    @api.model
    def _get_absent_users(self, company, day=None):
        """res.users marked absent on the branch's rota of ``day``, else of today."""
        day = day or company._get_dealer_today()
        lines = self.sudo()._find_day(company, day).line_ids
        absent = lines.filtered(lambda line: line.state == "absent")
        return absent.user_id.with_env(self.env)

    @api.model
    def _get_branch_hour(self, company):
        """The time of day at the branch as hours, 13.5 for half past one."""
        now = pytz.utc.localize(fields.Datetime.now())
        local = now.astimezone(pytz.timezone(company._get_dealer_tz()))
        return local.hour + local.minute / 60

    @api.model
    def _is_user_busy(self, user, company):
        """Whether ``user`` has a visitor in the showroom now."""
        domain = self._get_open_visit_domain(company) & Domain("user_id", "=", user.id)
        return bool(self.env["dealer.contact"].sudo().search_count(domain, limit=1))

    @api.model
    def _get_open_visit_domain(self, company):
        """Visits of the branch's day that have not left."""
        today = company._get_dealer_today()
        start = company._get_dealer_day_start(today)
        end = company._get_dealer_day_start(today + timedelta(days=1))
        return (
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", start)
            & Domain("date", "<", end)
            & Domain("visit_state", "in", OPEN_VISIT)
        )


class DealerRotaLine(models.Model):
    _inherit = "dealer.rota.line"

    def _is_available(self):
        """On duty by the rota and at this hour; visits are not looked at."""
        self.ensure_one()
        if self.state != "on_duty" or not self.user_id.active:
            return False
        if not self.time_from and not self.time_to:
            return True
        hour = self.rota_id._get_branch_hour(self.company_id)
        return self.time_from <= hour < self.time_to

    def _get_busy_users(self):
        """Those of the lines' people who have a visitor now; one query."""
        if not self:
            return self.env["res.users"]
        company = self.company_id[:1]
        visits = self.env["dealer.contact"].sudo()
        domain = self.rota_id._get_open_visit_domain(company) & Domain(
            "user_id", "in", self.user_id.ids
        )
        groups = visits._read_group(domain, ["user_id"])
        return self.env["res.users"].union(*(user for (user,) in groups))
