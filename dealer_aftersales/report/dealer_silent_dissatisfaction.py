# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

POLICY = "dealer_aftersales.policy_silent"

#: Days; rework shortly after a visit is no sign that somebody comes often.
SHORTEST = 30.0

# Bad: a low score or a problem named. It counts no more once the customer was content
# at a later call, or complained. His usual interval is the mean of days between his
# car's visits; days with several orders are one visit.
QUERY = """
    WITH branch AS (
        SELECT * FROM unnest(%(companies)s::int[], %(zones)s::text[],
                             %(todays)s::date[]) AS z(company, zone, today)
    ), bad AS (
        SELECT DISTINCT ON (c.partner_id, c.company_id)
               c.id, c.partner_id, c.vehicle_id, c.repair_id, c.company_id, c.date_due,
               c.score, c.is_scored,
               c.is_scored IS TRUE AND c.is_satisfied IS NOT TRUE AS is_low,
               b.silent_overdue_percent AS percent, z.today, z.zone
          FROM dealer_callback c
          JOIN res_company b ON b.id = c.company_id
          JOIN branch z ON z.company = c.company_id
          JOIN res_partner p ON p.id = c.partner_id
                            AND p.active AND p.is_restricted IS NOT TRUE
         WHERE c.is_answered AND c.complaint_id IS NULL
           AND c.date_due >= z.today
                             - make_interval(months => b.silent_score_months)
           AND (c.is_scored IS TRUE AND c.is_satisfied IS NOT TRUE
                OR EXISTS (SELECT 1 FROM dealer_callback_dealer_callback_issue_rel i
                             JOIN dealer_callback_issue named
                               ON named.id = i.dealer_callback_issue_id
                              AND named.sentiment != 'positive'
                            WHERE i.dealer_callback_id = c.id))
         ORDER BY c.partner_id, c.company_id, c.date_due DESC, c.id DESC
    ), silent AS (
        SELECT bad.* FROM bad
         WHERE NOT EXISTS (
               SELECT 1 FROM dealer_callback l
                WHERE l.partner_id = bad.partner_id AND l.company_id = bad.company_id
                  AND l.is_scored AND l.is_satisfied AND l.date_due > bad.date_due)
           AND NOT EXISTS (
               SELECT 1 FROM dealer_complaint x
                WHERE x.partner_id = bad.partner_id AND x.state != 'withdrawn'
                  AND x.kind NOT IN ('opinion', 'suggestion', 'need')
                  AND (x.date_received AT TIME ZONE 'UTC' AT TIME ZONE bad.zone)::date
                      >= bad.date_due - 1)
    ), known AS (
        SELECT s.*, v.last_visit,
               CASE WHEN v.visits > 1
                    THEN GREATEST(%(least)s, (v.last_visit - v.first_visit)::float
                                             / (v.visits - 1)) END AS interval_days
          FROM silent s
          LEFT JOIN LATERAL (
               SELECT count(DISTINCT d.day) AS visits,
                      min(d.day) AS first_visit, max(d.day) AS last_visit
                 FROM repair_order r
                 JOIN branch z ON z.company = r.company_id,
              LATERAL (SELECT (r.date_delivered AT TIME ZONE 'UTC'
                               AT TIME ZONE z.zone)::date AS day) d
                WHERE r.vehicle_id = s.vehicle_id AND r.date_delivered IS NOT NULL
               ) v ON TRUE
    )
    SELECT k.id, k.id AS callback_id, k.partner_id, k.vehicle_id, k.repair_id,
           k.company_id, k.date_due AS date, k.score, k.is_scored, k.last_visit,
           k.interval_days,
           GREATEST(0, k.today - k.last_visit
                       - round(k.interval_days * k.percent / 100.0)::int)
           AS days_over,
           COALESCE(k.today - k.last_visit
                    > k.interval_days * k.percent / 100.0, FALSE) AS is_away,
           CASE WHEN k.today - k.last_visit
                     > k.interval_days * k.percent / 100.0 THEN 'away'
                WHEN k.is_low THEN 'score' ELSE 'problem' END AS reason,
           r.advisor_id,
           (SELECT n.id FROM dealer_callback n
             WHERE n.partner_id = k.partner_id AND n.company_id = k.company_id
               AND n.state = 'planned'
             ORDER BY n.date_due, n.id LIMIT 1) AS planned_call_id
      FROM known k
      LEFT JOIN repair_order r ON r.id = k.repair_id
"""


class DealerSilentDissatisfaction(models.Model):
    """Who was dissatisfied and said nothing more: a line per customer (CMP-06).

    Nobody waits for a complaint here: a low score, a problem named on the phone, and
    visits that stopped after it are enough.
    """

    _name = "dealer.silent.dissatisfaction"
    _description = "Silent Dissatisfaction"
    _auto = False
    _order = "is_away desc, date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "dealer.callback": [
            "partner_id",
            "company_id",
            "vehicle_id",
            "repair_id",
            "date_due",
            "score",
            "is_scored",
            "is_satisfied",
            "is_answered",
            "issue_ids",
            "state",
            "complaint_id",
        ],
        "dealer.callback.issue": ["sentiment"],
        "dealer.complaint": ["partner_id", "state", "kind", "date_received"],
        "repair.order": ["vehicle_id", "date_delivered", "advisor_id"],
        "res.company": ["silent_score_months", "silent_overdue_percent"],
        "res.partner": ["active", "is_restricted"],
    }

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    phone = fields.Char(compute="_compute_phone")
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    callback_id = fields.Many2one("dealer.callback", "Bad Answer", readonly=True)
    repair_id = fields.Many2one("repair.order", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    date = fields.Date("Asked on", readonly=True)
    score = fields.Float("Satisfaction", readonly=True, aggregator="avg")
    is_scored = fields.Boolean(readonly=True)
    issue_ids = fields.Many2many(related="callback_id.issue_ids")
    remark = fields.Text(related="callback_id.remark")
    reason = fields.Selection(
        [
            ("away", "Stays away"),
            ("score", "Low Score"),
            ("problem", "Problem named"),
        ],
        "Why on the List",
        readonly=True,
    )
    last_visit = fields.Date(readonly=True)
    interval_days = fields.Float(
        "Usual Interval (days)",
        readonly=True,
        aggregator="avg",
        help="Mean of days between the visits of this car.",
    )
    is_away = fields.Boolean("Stays away", readonly=True)
    days_over = fields.Integer(
        "Days overdue",
        readonly=True,
        aggregator="avg",
        help="Days since the customer should have come by his usual interval.",
    )
    planned_call_id = fields.Many2one("dealer.callback", "Next Call", readonly=True)

    @property
    def _table_query(self):
        companies = self.env["res.company"]._get_all_branches()
        return SQL(
            QUERY,
            least=SHORTEST,
            **companies._get_branch_zones(),
            todays=[company._get_dealer_today() for company in companies],
        )

    def _compute_phone(self):
        phones = self.partner_id._get_visible_phones()
        for line in self:
            line.phone = phones.get(line.partner_id.id)

    def action_open_customer(self):
        """The customer's file, with all that happened."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_open_complaint(self):
        """Make a case of it: filled from the bad answer."""
        self.ensure_one()
        self.check_access("read")
        return self.callback_id.action_open_complaint()

    def action_plan_callback(self):
        """Call the customer today; where a call is planned already, show it.

        :return: action that shows the call card
        :raises UserError: the callback policy for it was removed
        """
        self.ensure_one()
        self.check_access("read")
        self.env["dealer.callback"].check_access("write")
        call = self.planned_call_id or self._make_call()
        return call.with_env(self.env).get_formview_action()

    def _make_call(self):
        policy = self.env.ref(POLICY, raise_if_not_found=False)
        if not policy:
            raise UserError(
                self.env._("The callback policy for dissatisfied customers is missing.")
            )
        calls = self.env["dealer.callback"].sudo()
        key = f"silent {self.callback_id.id}"
        known = calls.search(
            [
                ("policy_id", "=", policy.id),
                ("source_id", "=", self.partner_id.id),
                ("cycle_key", "=", key),
            ],
            limit=1,
        )
        return known or calls.create(self._prepare_call(policy.sudo(), key))

    def _prepare_call(self, policy, key):
        today = self.company_id._get_dealer_today()
        return {
            "policy_id": policy.id,
            "source_id": self.partner_id.id,
            "cycle_key": key,
            "partner_id": self.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "repair_id": self.repair_id.id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "purpose": policy.purpose,
            "channel": policy.channel,
            "date_due": today,
            "date_window_end": today + timedelta(days=policy.window_days),
        }
