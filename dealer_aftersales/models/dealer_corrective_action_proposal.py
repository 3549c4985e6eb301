# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date
from psycopg2.errors import UniqueViolation

TODO = "mail.mail_activity_data_todo"

# Problems named often enough in a month, where nobody works on them yet; no praise.
FREQUENT = """
    SELECT r.dealer_callback_issue_id, array_agg(c.id ORDER BY c.id)
      FROM dealer_callback c
      JOIN dealer_callback_dealer_callback_issue_rel r ON r.dealer_callback_id = c.id
      JOIN dealer_callback_issue i ON i.id = r.dealer_callback_issue_id
                                  AND i.sentiment != 'positive'
     WHERE c.company_id = %(company)s
       AND c.date_due >= %(first)s AND c.date_due < %(after)s
       AND NOT EXISTS (
           SELECT 1 FROM dealer_corrective_action a
            WHERE a.company_id = c.company_id
              AND a.issue_id = r.dealer_callback_issue_id
              AND (a.proposal_month = %(first)s
                   OR a.state IN ('draft', 'submitted', 'running', 'done')))
  GROUP BY r.dealer_callback_issue_id
    HAVING count(DISTINCT c.id) >= %(limit)s
  ORDER BY r.dealer_callback_issue_id
"""


class DealerCorrectiveAction(models.Model):
    """Preventive measures the system proposes: a problem that comes up too often.

    Seed 003: 具有普遍性问题,虽还没有生成客户的抱怨,也应制定相应的预防措施.
    """

    _inherit = "dealer.corrective.action"

    is_proposed = fields.Boolean(
        "Proposed by the System",
        readonly=True,
        copy=False,
        help="Proposed by the system; waits for somebody to accept or dismiss it.",
    )
    proposal_month = fields.Date("Proposed for", readonly=True, copy=False)
    proposal_key = fields.Char(
        readonly=True, copy=False, export_string_translation=False
    )

    _proposal_uniq = models.UniqueIndex(
        "(company_id, proposal_key, proposal_month) WHERE proposal_key IS NOT NULL",
        "This was proposed for the month already.",
    )

    def action_accept(self):
        """Take the proposal up: from now on it is a draft like any other.

        :raises UserError: when it is none
        """
        self.check_access("write")
        self._check_managing()
        for action in self:
            if not action.is_proposed or action.state != "draft":
                raise UserError(self.env._("Only an open proposal is accepted."))
        self.sudo().write({"is_proposed": False})
        self.sudo().activity_unlink([TODO])
        return True

    @api.model
    def _propose_preventive(
        self,
        company,
        *,
        issue=None,
        cause=None,
        complaints=None,
        callbacks=None,
        month=None,
    ):
        """A preventive measure as a draft, unless there is one for it.

        :param company: the branch
        :param issue, cause: what came up too often; one of them is needed
        :param complaints, callbacks: where it came up
        :param month: first day of the month it is about; this month by default
        :return: the new measure, the one proposed before, or the one in work
        :raises ValueError: when neither issue nor cause is given
        """
        subject = issue or cause
        if not subject:
            raise ValueError("A proposal needs a problem or a cause.")
        month = (month or company._get_dealer_today()).replace(day=1)
        actions = self.sudo().with_company(company)
        known = actions._find_proposal(company, subject, month)
        if known:
            return known
        values = {
            **actions._prepare_proposal(company, issue, cause, month),
            "complaint_ids": complaints and complaints.ids,
            "callback_ids": callbacks and callbacks.ids,
            "check_ids": actions._prepare_checks(callbacks, complaints),
        }
        made = actions._create_proposal(values)
        return made or actions._find_proposal(company, subject, month)

    @api.model
    def _create_proposal(self, values):
        """:return: the measure; none where another worker was faster"""
        try:
            with self.env.cr.savepoint():
                made = self.create(values)
                made.flush_recordset()
        except UniqueViolation:
            return self.browse()
        made._tell_of_proposal()
        return made

    @api.model
    def _find_proposal(self, company, subject, month):
        name = "issue_id" if subject._name == "dealer.callback.issue" else "cause_id"
        return self.search(
            [
                ("company_id", "=", company.id),
                (name, "=", subject.id),
                "|",
                ("proposal_month", "=", month),
                ("state", "in", ("draft", "submitted", "running", "done")),
            ],
            order="id desc",
            limit=1,
        )

    @api.model
    def _prepare_proposal(self, company, issue, cause, month):
        manager = company._get_service_manager()
        told = self.with_context(lang=manager.lang or self.env.lang)
        subject = (issue or cause).with_env(told.env)
        return {
            "name": told.env._("Prevent: %(problem)s", problem=subject.display_name),
            "kind": "preventive",
            "issue_id": issue and issue.id,
            "cause_id": cause and cause.id,
            "effect_kind": "issue" if issue else False,
            "supervisor_id": manager.id,
            "company_id": company.id,
            "is_proposed": True,
            "proposal_month": month,
            "proposal_key": f"{subject._name},{subject.id}",
            "description": told.env._(
                "'%(problem)s' came up again and again in %(month)s.",
                problem=subject.display_name,
                month=format_date(told.env, month, date_format="yyyy-MM"),
            ),
        }

    def _tell_of_proposal(self):
        manager = self.supervisor_id
        if manager:
            self.activity_schedule(
                TODO,
                user_id=manager.id,
                date_deadline=self.company_id._get_dealer_today(),
                summary=self.with_context(lang=manager.lang).env._(
                    "Accept or dismiss the proposed measure"
                ),
            )

    @api.model
    def _cron_propose_measures(self):
        """Each night: problems of this month and the last one. Safe to run twice."""
        cron = self.env["ir.cron"]
        for branch in self.env["res.company"]._get_all_branches():
            this_month = branch._get_dealer_today().replace(day=1)
            for month in (fields.Date.subtract(this_month, months=1), this_month):
                with reported("Proposals of measures", branch):
                    self._propose_for_month(branch, month)
            if not cron._commit_progress(1):
                return

    @api.model
    def _propose_for_month(self, company, month):
        """Propose a measure per problem named too often; :return: the measures"""
        limit = company.measure_issue_limit
        made = self.browse()
        if not limit:
            return made
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                FREQUENT,
                company=company.id,
                first=month,
                after=fields.Date.add(month, months=1),
                limit=limit,
            )
        )
        for issue_id, callback_ids in rows:
            made |= self._propose_preventive(
                company,
                issue=self.env["dealer.callback.issue"].browse(issue_id),
                callbacks=self.env["dealer.callback"].sudo().browse(callback_ids),
                month=month,
            )
        return made
