# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

import pytz
from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.job_steps import reported

#: the message comes within so many hours after its time, or not at all that day
WINDOW = 3

COUNTS = """
    SELECT l.user_id,
           count(*) FILTER (WHERE l.next_contact_date = %(today)s),
           count(*) FILTER (WHERE l.next_contact_date < %(today)s),
           count(*) FILTER (WHERE l.response_due_at < %(now)s
                              AND l.first_attempt_at IS NULL)
      FROM crm_lead l
      JOIN res_users u ON u.id = l.user_id
     WHERE u.active AND u.company_id = %(company)s
       AND u.follow_up_digest_on IS DISTINCT FROM %(today)s
       AND l.active AND l.won_status = 'pending' AND l.dormant_on IS NULL
       AND (l.next_contact_date <= %(today)s
            OR (l.response_due_at < %(now)s AND l.first_attempt_at IS NULL))
     GROUP BY l.user_id
"""

CLAIM = """
    UPDATE res_users SET follow_up_digest_on = %(today)s
     WHERE id IN (SELECT id FROM res_users
                   WHERE id IN %(ids)s
                     AND follow_up_digest_on IS DISTINCT FROM %(today)s
                   FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id
"""


class ResUsers(models.Model):
    """Each consultant reads in the morning how many contacts wait."""

    _inherit = "res.users"

    follow_up_digest_on = fields.Date(
        "Morning Message of", readonly=True, copy=False, groups="base.group_system"
    )

    @api.model
    def _cron_send_follow_up_digest(self):
        """Branch by branch, in the morning of its working days; once a day each."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            if company._is_digest_time():
                sent = self._send_follow_up_digests(company)
                if not cron._commit_progress(sent):
                    return

    @api.model
    def _send_follow_up_digests(self, company):
        """Tell the branch's people what is due; three queries find it.

        :return: how many got a message
        """
        today = company._get_dealer_today()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(COUNTS, today=today, now=fields.Datetime.now(), company=company.id)
        )
        counts = {row[0]: row[1:] for row in rows}
        users = self.sudo().browse(counts)
        staff = users.filtered(lambda u: u.has_group("dealer_crm.group_dealer_user"))
        if not staff:
            return 0
        claimed = self.env.execute_query(SQL(CLAIM, today=today, ids=tuple(staff.ids)))
        self.invalidate_model(["follow_up_digest_on"])
        for user in self.sudo().browse([row[0] for row in claimed]):
            # one bad address stops nobody else's message
            with reported("Morning message", user):
                user._send_follow_up_digest(*counts[user.id])
        return len(claimed)

    def _send_follow_up_digest(self, due, overdue, late):
        """Numbers only: the mail names no customer.

        :param int due: contacts planned for today
        :param int overdue: contacts planned for earlier days
        :param int late: leads without first contact in time
        """
        self.ensure_one()
        env = self.with_context(lang=self.lang).env
        lines = [
            env._("Due today: %(count)d", count=due),
            env._("Overdue: %(count)d", count=overdue),
        ]
        if late:
            lines.append(env._("Without first contact: %(count)d", count=late))
        items = Markup().join(Markup("<li>%s</li>") % line for line in lines)
        env["mail.thread"].sudo().message_notify(
            partner_ids=self.partner_id.ids,
            subject=env._("Your contacts today: %(count)d", count=due + overdue),
            body=Markup('<ul>%s</ul><p><a href="/odoo/dealer-due">%s</a></p>')
            % (items, env._("Open the list")),
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _is_digest_time(self):
        """True in the hours of the morning message, on days the branch works."""
        self.ensure_one()
        hour = self.sudo().lead_digest_hour
        zone = pytz.timezone(self._get_dealer_tz())
        local = pytz.utc.localize(fields.Datetime.now()).astimezone(zone)
        if hour < 0 or not hour <= local.hour < hour + WINDOW:
            return False
        start = self._get_dealer_day_start(local.date())
        return self._get_dealer_worked_hours(start, start + timedelta(days=1)) > 0
