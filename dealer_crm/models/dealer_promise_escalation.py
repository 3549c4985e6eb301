# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

OVERDUE = "dealer_crm.mail_activity_type_promise_overdue"
SYSTEM_FIELDS = frozenset({"escalated_on", "escalation_id"})
ENDING = frozenset({"state", "date_due"})
BATCH = 500

ESCALATE = """
    UPDATE dealer_promise p
       SET escalated_on = %(today)s
     WHERE p.id IN (
           SELECT id FROM dealer_promise
            WHERE company_id = %(company)s AND state = 'open'
              AND escalated_on IS NULL AND date_due < %(today)s
            ORDER BY date_due, id
            LIMIT %(limit)s
              FOR UPDATE SKIP LOCKED)
 RETURNING p.id
"""

# The activities and their links to the promises, in one statement.
TELL = """
    WITH told AS (
        SELECT nextval('mail_activity_id_seq')::int AS id, s.*
          FROM unnest(%(promises)s::int[], %(models)s::int[], %(model_names)s::text[],
                      %(targets)s::int[], %(names)s::text[], %(users)s::int[],
                      %(summaries)s::text[], %(days)s::date[])
               AS s(promise_id, model_id, model, target_id, name, user_id, summary, day)
    ), made AS (
        INSERT INTO mail_activity (
               id, res_model_id, res_model, res_id, res_name, activity_type_id,
               user_id, summary, date_deadline, automated, active,
               create_uid, create_date, write_uid, write_date)
        SELECT id, model_id, model, target_id, name, %(type_id)s,
               user_id, summary, day, TRUE, TRUE,
               %(uid)s, %(now)s::timestamp, %(uid)s, %(now)s::timestamp
          FROM told
    )
    UPDATE dealer_promise p SET escalation_id = told.id
      FROM told
     WHERE p.id = told.promise_id
"""


class DealerPromise(models.Model):
    """A promise that nobody kept in time goes to the manager, once."""

    _inherit = "dealer.promise"

    escalated_on = fields.Date("Told the Manager on", readonly=True, copy=False)
    escalation_id = fields.Many2one(
        "mail.activity",
        "Manager's Activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _overdue_idx = models.Index(
        "(company_id, date_due) WHERE state = 'open' AND escalated_on IS NULL"
    )

    def _check_system_fields(self, vals):
        result = super()._check_system_fields(vals)
        names = vals.keys() | {key.removeprefix("default_") for key in self.env.context}
        if SYSTEM_FIELDS & names and not self.env.su:
            raise AccessError(
                self.env._("When the manager was told is noted by the system.")
            )
        return result

    def write(self, vals):
        result = super().write(vals)
        if ENDING & vals.keys():
            self.sudo()._end_escalation()
        return result

    def _end_escalation(self):
        """Kept, given up or due on another day: the manager has nothing to ask."""
        ended = self.filtered(lambda p: p.escalated_on and not p.is_overdue)
        ended.escalation_id.filtered("active").unlink()
        ended.write({"escalated_on": False, "escalation_id": False})

    @api.ondelete(at_uninstall=False)
    def _unlink_escalations(self):
        self.sudo().escalation_id.unlink()

    @api.model
    def _cron_escalate_promises(self):
        """Tell the managers of each branch what is overdue there since today.

        Safe to run twice: what was told is marked in the same transaction.
        """
        cron = self.env["ir.cron"]
        for branch in self.env["res.company"]._get_all_branches():
            told = self._escalate_overdue(branch)
            while told == BATCH and cron._commit_progress(told, remaining=BATCH):
                told = self._escalate_overdue(branch)
            cron._commit_progress(told)

    @api.model
    def _escalate_overdue(self, company):
        """Mark the overdue promises of ``company`` and plan a talk for its manager.

        :return: how many were told, at most a batch
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                ESCALATE,
                company=company.id,
                today=company._get_dealer_today(),
                limit=BATCH,
            )
        )
        self.invalidate_model(["escalated_on"])
        promises = self.sudo().browse(row[0] for row in rows)
        promises._tell_manager()
        return len(promises)

    def _tell_manager(self):
        """One activity per promise, on the lead or customer; nobody tells himself."""
        managers = {
            company: company._get_sales_managers()[:1] for company in self.company_id
        }
        told = [(p, p._get_team_leader() or managers[p.company_id]) for p in self]
        told = [(p, user) for p, user in told if user and user != p.user_id]
        if not told:
            return
        columns = [p._prepare_escalation(user) for p, user in told]
        self.env["mail.activity"].flush_model()
        self.env.cr.execute(
            SQL(
                TELL,
                type_id=self.env.ref(OVERDUE).id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                users=[user.id for _promise, user in told],
                **{name: [row[name] for row in columns] for name in columns[0]},
            )
        )
        self.invalidate_model(["escalation_id"], flush=False)
        self.env["mail.activity"].invalidate_model(flush=False)
        self.lead_id.invalidate_recordset(["activity_ids"])
        self.partner_id.invalidate_recordset(["activity_ids"])
        self.env["crm.lead"]._ring_managers([user.id for _promise, user in told])

    def _prepare_escalation(self, manager):
        """One row of the activities to make, by the names of :data:`TELL`."""
        self.ensure_one()
        target = self.lead_id or self.partner_id
        words = self.with_context(lang=manager.lang or self.env.lang)._get_words()
        return {
            "promises": self.id,
            "models": self.env["ir.model"]._get_id(target._name),
            "model_names": target._name,
            "targets": target.id,
            "names": target.display_name,
            "summaries": words,
            "days": self.escalated_on,
        }

    def _get_team_leader(self):
        """Leader of the lead's team, where he works at this branch."""
        self.ensure_one()
        leader = self.lead_id.team_id.user_id
        return leader.filtered(lambda user: self.company_id in user.company_ids)
