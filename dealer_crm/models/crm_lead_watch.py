# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000
LATE = "dealer_crm.mail_activity_type_late_response"
OVERDUE = "dealer_crm.mail_activity_type_overdue_contact"
#: a change of these may end what a manager was told
ENDINGS = frozenset({"next_contact_date", "active", "stage_id", "probability"})

CLAIM_LATE = """
    UPDATE crm_lead SET response_alarm_at = %(now)s, response_state = 'late'
     WHERE id IN (SELECT id FROM crm_lead
                   WHERE response_due_at < %(now)s AND response_due_at IS NOT NULL
                     AND first_attempt_at IS NULL AND response_alarm_at IS NULL
                     AND active AND won_status = 'pending' AND dormant_on IS NULL
                   ORDER BY response_due_at
                   LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING id, company_id, team_id, name
"""

CLAIM_OVERDUE = """
    UPDATE crm_lead SET overdue_alarm_on = %(today)s
     WHERE id IN (SELECT id FROM crm_lead
                   WHERE next_contact_date <= %(limit_day)s AND user_id IS NOT NULL
                     AND company_id IS NOT DISTINCT FROM %(company)s
                     AND overdue_alarm_on IS NULL
                     AND active AND won_status = 'pending'
                   ORDER BY next_contact_date
                   LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING id, company_id, team_id, name
"""

INSERT_ACTIVITIES = """
    INSERT INTO mail_activity (
           res_model_id, res_model, res_id, res_name, activity_type_id, user_id,
           summary, date_deadline, automated, active,
           create_uid, create_date, write_uid, write_date)
    SELECT %(model_id)s, 'crm.lead', s.lead_id, s.name, %(type_id)s, s.user_id,
           s.summary, s.day, TRUE, TRUE, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(leads)s::int[], %(names)s::text[], %(users)s::int[],
                  %(summaries)s::text[], %(days)s::date[])
           AS s(lead_id, name, user_id, summary, day)
"""


class CrmLead(models.Model):
    """The manager hears of leads that wait too long: once each, until it is done.

    What was told is marked on the lead in the same statement that claims it, so that
    two workers or a second run never tell it twice.
    """

    _inherit = "crm.lead"

    overdue_alarm_on = fields.Date("Overdue told on", readonly=True, copy=False)

    _overdue_idx = models.Index(
        "(company_id, next_contact_date) WHERE overdue_alarm_on IS NULL"
        " AND active AND won_status = 'pending'"
    )

    @api.model
    def _get_noted_fields(self):
        return super()._get_noted_fields() | {"overdue_alarm_on"}

    def write(self, vals):
        result = super().write(vals)
        if ENDINGS & vals.keys():
            self._end_overdue_alarms()
            ended = self.filtered(lambda x: x.won_status != "pending")
            ended.filtered("response_alarm_at")._end_alarms(LATE)
        return result

    def _end_overdue_alarms(self):
        """A new plan, or no plan needed any more: the manager's activity goes."""
        told = self.filtered(
            lambda x: x.overdue_alarm_on
            and (not x.next_contact_date or x.next_contact_date >= x.overdue_alarm_on)
        )
        if told:
            told.sudo().write({"overdue_alarm_on": False})
            told._end_alarms(OVERDUE)

    def _end_alarms(self, kind):
        if self:
            self.sudo().activity_unlink([kind])

    def _note_response(self, attempt, reached, two_way):
        result = super()._note_response(attempt, reached, two_way)
        if self.response_alarm_at and self.first_attempt_at:
            self._end_alarms(LATE)
        return result

    @api.model
    def _alarm_late_responses(self):
        """Leads nobody tried to reach in time, a batch.

        :return: how many were claimed
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(CLAIM_LATE, now=fields.Datetime.now(), limit=BATCH)
        )
        self._tell_managers(rows, LATE)
        return len(rows)

    @api.model
    def _alarm_overdue(self, company):
        """Contacts of the branch overdue for as long as its setting says, a batch.

        :param company: res.company, or None for leads of no branch
        :return: how many were claimed
        """
        branch = (company or self.env.company).sudo()
        if branch.lead_overdue_days <= 0:
            return 0
        today = branch._get_dealer_today()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                CLAIM_OVERDUE,
                today=today,
                limit_day=today - timedelta(days=branch.lead_overdue_days),
                company=company.id if company else None,
                limit=BATCH,
            )
        )
        self._tell_managers(rows, OVERDUE)
        return len(rows)

    @api.model
    def _tell_managers(self, rows, kind):
        """One activity per lead, in one statement; nobody gets a mail for each.

        :param rows: (lead id, company id, team id, name)
        """
        self.invalidate_model(
            ["response_alarm_at", "response_state", "overdue_alarm_on", "activity_ids"]
        )
        companies = self.env["res.company"]
        managers = companies._get_lead_managers({(r[1] or False, r[2]) for r in rows})
        told = [(row, managers[row[1] or False, row[2]]) for row in rows]
        told = [(row, user_id) for row, user_id in told if user_id]
        if not told:
            return
        days = self._get_alarm_days({row[1] for row, _user in told})
        words = self._get_alarm_words(kind, {user_id for _row, user_id in told})
        self.env.cr.execute(
            SQL(
                INSERT_ACTIVITIES,
                model_id=self.env["ir.model"]._get_id("crm.lead"),
                type_id=self.env.ref(kind).id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                leads=[row[0] for row, _user in told],
                names=[row[3] for row, _user in told],
                users=[user_id for _row, user_id in told],
                summaries=[words[user_id] for _row, user_id in told],
                days=[days[row[1]] for row, _user in told],
            )
        )
        self.env["mail.activity"].invalidate_model()
        self._ring_managers([user_id for _row, user_id in told])

    @api.model
    def _get_alarm_words(self, kind, user_ids):
        """What it is about, in the language of each manager."""
        activity_type = self.env.ref(kind)
        return {
            user.id: activity_type.with_context(lang=user.lang).name
            for user in self.env["res.users"].sudo().browse(user_ids)
        }

    @api.model
    def _get_alarm_days(self, company_ids):
        """Today at each of these branches."""
        companies = self.env["res.company"].sudo()
        return {
            id_: (companies.browse(id_ or None) or self.env.company)._get_dealer_today()
            for id_ in company_ids
        }

    @api.model
    def _ring_managers(self, user_ids):
        """The number of activities on the managers' screens moves on."""
        for user in self.env["res.users"].sudo().browse(set(user_ids)):
            user._bus_send(
                "mail.activity/updated",
                {"activity_created": True, "count_diff": user_ids.count(user.id)},
            )

    @api.model
    def _cron_watch_leads(self):
        """Late first contacts, leads to take back, and contacts overdue for long."""
        cron = self.env["ir.cron"]
        branches = [*self.env["res.company"]._get_all_branches(), None]
        steps = [self._alarm_late_responses]
        steps += [lambda c=company: self._recycle_batch(c) for company in branches]
        steps += [lambda c=company: self._alarm_overdue(c) for company in branches]
        for step in steps:
            while done := step():
                if not cron._commit_progress(done, remaining=1):
                    return
        cron._commit_progress(remaining=0)
