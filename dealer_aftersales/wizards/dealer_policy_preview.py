# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.dealer_callback_policy_job import DUE, KNOWN

INSERT_PREVIEW = f"""
    {DUE}
    INSERT INTO dealer_policy_preview (
           policy_id, company_id, partner_id, vehicle_id, date_due, outcome,
           create_uid, create_date, write_uid, write_date)
    SELECT %(policy)s, %(company)s,
           CASE WHEN o.outcome <> 'restricted' THEN s.partner_id END,
           CASE WHEN o.outcome <> 'restricted' THEN s.vehicle_id END,
           s.date_due, o.outcome, %(uid)s, now() at time zone 'UTC',
           %(uid)s, now() at time zone 'UTC'
      FROM due s
      {KNOWN}
     CROSS JOIN LATERAL (SELECT %(outcome)s AS outcome) o
     WHERE s.date_due BETWEEN %(first)s AND %(last)s
       AND (known.id IS NULL OR s.date_due >= %(recent)s)
"""


class DealerPolicyPreview(models.TransientModel):
    """Whom a policy would call tonight, and who is left out for which reason.

    The job's own statement with the reasons in place of the insert: nothing is made.
    Of persons whose data is only kept the line tells that they exist, and no more.
    """

    _name = "dealer.policy.preview"
    _description = "Callbacks of Tonight"
    _order = "date_due, id"
    _rec_name = "partner_id"

    policy_id = fields.Many2one(
        "dealer.callback.policy", readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    date_due = fields.Date("Due on", readonly=True)
    outcome = fields.Selection(
        selection="_selection_outcome", string="Called, or why not", readonly=True
    )

    @api.model
    def _selection_outcome(self):
        """The governor's words, and those of the policy."""
        return [
            ("made", self.env._("Will be made")),
            ("known", self.env._("made already")),
            ("greeted", self.env._("greeted for it already")),
            ("not_filed", self.env._("file is not verified and filed")),
            ("excluded", self.env._("not whom this policy calls")),
            ("sold", self.env._("has sold the car")),
            *self.env["res.partner"]._get_governor_reasons().items(),
            ("refused", self.env._("left out by another rule")),
        ]


class DealerCallbackPolicy(models.Model):
    _inherit = "dealer.callback.policy"

    def action_preview(self):
        """Tonight: how many calls, for whom, and who is left out and why."""
        self.ensure_one()
        self.check_access("write")
        lines = self.env["dealer.policy.preview"]
        lines.search(
            [("policy_id", "=", self.id), ("create_uid", "=", self.env.uid)]
        ).unlink()
        for company in self.sudo()._get_companies() & self.env.companies:
            self._insert_preview(company)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_policy_preview_action"
        )
        action["domain"] = [
            ("policy_id", "=", self.id),
            ("create_uid", "=", self.env.uid),
        ]
        action["display_name"] = self.env._("Tonight: %(policy)s", policy=self.name)
        return action

    def _insert_preview(self, company):
        """One statement for the branch, whatever the number of persons."""
        policy = self.sudo()
        today = company._get_dealer_today()
        source = policy._get_source_query(company, today, policy._get_matching_domain())
        if source is None:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                INSERT_PREVIEW,
                **policy._get_due_parameters(company, today, source),
                recent=fields.Date.subtract(today, days=policy.window_days),
                outcome=policy._get_outcome_sql(company, today),
            )
        )
        self.env["dealer.policy.preview"].invalidate_model(flush=False)

    def _get_outcome_sql(self, company, today):
        """The first reason that speaks against a row, in the governor's order."""
        policy = self.with_company(company)
        cases = [
            ("known", SQL("known.id IS NOT NULL")),
            ("greeted", SQL("greeted.id IS NOT NULL")),
            *policy._get_excluded_cases(company, today),
            *policy._get_row_refusals().items(),
        ]
        for key, domain in policy._get_refusals().items():
            cases.append((key, policy._get_persons_sql(company, domain)))
        refused = policy._get_persons_sql(company, policy._get_refused_domain())
        cases.append(("refused", refused))
        whens = [SQL("WHEN %s THEN %s", sql, key) for key, sql in cases]
        return SQL("CASE %s ELSE 'made' END", SQL(" ").join(whens))

    def _get_excluded_cases(self, company, today):
        """Rows of the source whose person the policy does not call."""
        cases = []
        if self.filed_only:
            filed = self.env["res.partner"]._get_filed_domain()
            cases.append(("not_filed", self._get_persons_sql(company, ~filed)))
        if not Domain(self._get_called_domain()).is_true():
            model = self.env[self.model].sudo().with_company(company)
            model = model.with_context(tz=company._get_dealer_tz())
            called = model._search(self._get_called_domain())
            sql = SQL("s.source_id NOT IN %s", called.subselect())
            cases.append(("excluded", sql))
        return cases
