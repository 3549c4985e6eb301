# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL

LATE = "dealer_aftersales.mail_activity_type_measure_late"

MARK_LATE = """
    UPDATE dealer_corrective_action a
       SET date_late = %(today)s
     WHERE a.id IN (
           SELECT id FROM dealer_corrective_action
            WHERE company_id = %(company)s AND state IN ('submitted', 'running')
              AND date_late IS NULL AND date_due < %(today)s
            ORDER BY id
              FOR UPDATE SKIP LOCKED)
 RETURNING a.id
"""


class DealerCorrectiveAction(models.Model):
    """A measure that is not done in time goes to its supervisor, once."""

    _inherit = "dealer.corrective.action"

    date_late = fields.Date(
        "Late since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Day on which the supervisor was told; kept when it is done after all.",
    )

    @api.model
    def _cron_follow_measures(self):
        """Tell of what is late, and judge what waits for its re-calls.

        Safe to run twice: what was told is marked in the same transaction.
        """
        cron = self.env["ir.cron"]
        for branch in self.env["res.company"]._get_all_branches():
            with reported("Late measures", branch):
                self._tell_of_late(branch)
            waiting = self.search(
                [("company_id", "=", branch.id), ("state", "=", "done")]
            )
            for action in waiting:
                with reported("Effect of a measure", action):
                    action._judge()
            if not cron._commit_progress(1):
                return

    @api.model
    def _tell_of_late(self, company):
        """One activity per late measure; :return: the measures told of"""
        self.flush_model()
        today = company._get_dealer_today()
        rows = self.env.execute_query(SQL(MARK_LATE, company=company.id, today=today))
        self.invalidate_model(["date_late"])
        late = self.sudo().browse(sorted(row[0] for row in rows))
        for action in late.filtered("supervisor_id"):
            user = action.supervisor_id
            action.activity_schedule(
                LATE,
                user_id=user.id,
                date_deadline=today,
                summary=action.with_context(lang=user.lang).env._(
                    "Late: %(name)s is responsible",
                    name=action.responsible_id.name,
                ),
            )
        return late
