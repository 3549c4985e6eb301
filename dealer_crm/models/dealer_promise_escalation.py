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
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        made = activities.create(
            [p._prepare_escalation_values(user) for p, user in told]
        )
        for (promise, _user), activity in zip(told, made, strict=True):
            promise.escalation_id = activity

    def _prepare_escalation_values(self, manager):
        self.ensure_one()
        words = self.with_context(lang=manager.lang or self.env.lang)._get_words()
        return self._prepare_activity_values() | {
            "activity_type_id": self.env.ref(OVERDUE).id,
            "summary": words,
            "date_deadline": self.escalated_on,
            "user_id": manager.id,
        }

    def _get_team_leader(self):
        """Leader of the lead's team, where he works at this branch."""
        self.ensure_one()
        leader = self.lead_id.team_id.user_id
        return leader.filtered(lambda user: self.company_id in user.company_ids)
