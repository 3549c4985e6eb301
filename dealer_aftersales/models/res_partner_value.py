# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from operator import attrgetter
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import loyalty, value_class
from .dealer_value_log import LOYALTY_BANDS, VALUE_CLASSES, VALUE_GROUPS

STAFF = "dealer_crm.group_dealer_user"
COLUMNS = (
    "value_class",
    "value_score",
    "value_group",
    "loyalty_score",
    "loyalty_band",
    "last_visit_on",
    "visit_gap_days",
    "visit_due_on",
)

# What is right is not written again. The line of the month follows; the month before
# is looked up only where a line is new or changes.
STORE = """
    WITH due AS (
        SELECT * FROM unnest(
               %(id)s::int[], %(value_class)s::text[], %(value_score)s::int[],
               %(value_group)s::text[], %(loyalty_score)s::int[],
               %(loyalty_band)s::text[], %(last_visit_on)s::date[],
               %(visit_gap_days)s::int[], %(visit_due_on)s::date[],
               %(is_manual)s::bool[], %(month)s::date[])
            AS d(id, value_class, value_score, value_group, loyalty_score,
                 loyalty_band, last_visit_on, visit_gap_days, visit_due_on,
                 is_manual, month)
    ), logged AS (
        INSERT INTO dealer_value_log (
               partner_id, company_id, month, value_class, previous_class,
               is_class_changed, is_manual, value_score, value_group, loyalty_score,
               loyalty_band, previous_score, previous_band,
               create_uid, create_date, write_uid, write_date)
        SELECT due.id, p.company_id, due.month, due.value_class, before.value_class,
               COALESCE(before.value_class <> due.value_class, FALSE), due.is_manual,
               due.value_score, due.value_group, due.loyalty_score, due.loyalty_band,
               before.loyalty_score, before.loyalty_band,
               %(uid)s, %(now)s, %(uid)s, %(now)s
          FROM due
          JOIN res_partner p ON p.id = due.id
     LEFT JOIN dealer_value_log now ON now.partner_id = due.id
                                   AND now.month = due.month
     LEFT JOIN LATERAL (
               SELECT l.value_class, l.loyalty_score, l.loyalty_band
                 FROM dealer_value_log l
                WHERE l.partner_id = due.id AND l.month < due.month
             ORDER BY l.month DESC LIMIT 1) before ON TRUE
         WHERE due.value_class IS NOT NULL
           AND (now.id IS NULL
                OR (now.value_class, now.value_score, now.value_group,
                    now.loyalty_score, now.loyalty_band, now.is_manual,
                    now.company_id)
                IS DISTINCT FROM
                   (due.value_class, due.value_score, due.value_group,
                    due.loyalty_score, due.loyalty_band, due.is_manual,
                    p.company_id))
   ON CONFLICT (partner_id, month) DO UPDATE
           SET value_class = EXCLUDED.value_class,
               is_class_changed = EXCLUDED.is_class_changed,
               is_manual = EXCLUDED.is_manual,
               value_score = EXCLUDED.value_score,
               value_group = EXCLUDED.value_group,
               loyalty_score = EXCLUDED.loyalty_score,
               loyalty_band = EXCLUDED.loyalty_band,
               company_id = EXCLUDED.company_id,
               write_date = EXCLUDED.write_date
    )
    UPDATE res_partner p
       SET value_class = due.value_class, value_score = due.value_score,
           value_group = due.value_group, loyalty_score = due.loyalty_score,
           loyalty_band = due.loyalty_band, last_visit_on = due.last_visit_on,
           visit_gap_days = due.visit_gap_days, visit_due_on = due.visit_due_on
      FROM due
     WHERE p.id = due.id
       AND (p.value_class, p.value_score, p.value_group, p.loyalty_score,
            p.loyalty_band, p.last_visit_on, p.visit_gap_days, p.visit_due_on)
           IS DISTINCT FROM
           (due.value_class, due.value_score, due.value_group, due.loyalty_score,
            due.loyalty_band, due.last_visit_on, due.visit_gap_days, due.visit_due_on)
"""


class Judgement(NamedTuple):
    """What is stored on a customer; a prospect has nothing of it."""

    id: int
    is_manual: bool = False
    value_class: str | None = None
    value_score: int | None = None
    value_group: str | None = None
    loyalty_score: int | None = None
    loyalty_band: str | None = None
    last_visit_on: object = None
    visit_gap_days: int | None = None
    visit_due_on: object = None
    month: object = None


class ResPartner(models.Model):
    """Value class, group and loyalty of a customer (SEG-07, SEG-11, LOY-02).

    ``tools/value_class.py`` and ``tools/loyalty.py`` hold the rules,
    ``_get_value_facts`` what they are fed with, the branch's settings the thresholds.
    Judged every night and when a car is delivered or changes hands.
    """

    _inherit = "res.partner"

    value_class = fields.Selection(
        VALUE_CLASSES,
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="By recency, frequency and money of visits; empty: never bought or came.",
    )
    value_score = fields.Integer(
        "Value Points", readonly=True, copy=False, aggregator="avg", groups=STAFF
    )
    value_group = fields.Selection(
        VALUE_GROUPS,
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="Value class and whether the customer stays away longer than usual.",
    )
    loyalty_score = fields.Integer(
        "Loyalty",
        readonly=True,
        copy=False,
        aggregator="avg",
        groups=STAFF,
        help="0 to 100.",
    )
    loyalty_band = fields.Selection(
        LOYALTY_BANDS,
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
    )
    last_visit_on = fields.Date(
        "Last Visit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="The last car of his that the workshop delivered.",
    )
    visit_gap_days = fields.Integer(
        "Own Interval (days)",
        readonly=True,
        copy=False,
        aggregator="avg",
        groups=STAFF,
        help="Mean number of days from one visit to the next.",
    )
    visit_due_on = fields.Date(
        "Next Visit expected",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="Last visit and own interval; later he is overdue.",
    )

    @api.model
    def _get_system_file_fields(self):
        return super()._get_system_file_fields() | set(COLUMNS)

    def _refresh_lifecycle(self, event):
        result = super()._refresh_lifecycle(event)
        if event in ("repair", "car"):
            self._refresh_value()
        return result

    def _refresh_value(self):
        """Judge these customers anew and keep the month's line.

        :return: how many customers changed
        """
        files = self.sudo().filtered("file_state")
        if not files:
            return 0
        self.env.flush_all()
        judged = files._judge_value()
        self.env.cr.execute(self._get_store_value_query(judged))
        changed = self.env.cr.rowcount
        if changed:
            files.invalidate_recordset(COLUMNS, flush=False)
            self.env["dealer.value.log"].invalidate_model(flush=False)
        return changed

    @api.model
    def _get_store_value_query(self, judged):
        columns = {
            name: list(map(attrgetter(name), judged)) for name in Judgement._fields
        }
        now = fields.Datetime.now()
        return SQL(STORE, **columns, uid=self.env.uid, now=now)

    def _judge_value(self):
        """:return: list of Judgement, one per customer"""
        facts, ratings = self._get_value_facts(), self._get_value_ratings()
        judged = []
        for company, partners in self.grouped("company_id").items():
            branch = company or self.env["res.company"]._get_all_branches()[:1]
            rules = branch._get_value_rules()
            for partner_id in partners.ids:
                rating = ratings.get(partner_id, ((), None))
                judged.append(rules.judge(partner_id, facts[partner_id], *rating))
        return judged

    @api.model
    def _cron_update_value(self):
        """Judge all files, in committed batches; what is right is not written again.

        Afterwards the care plans of those whose class changed are switched.
        """
        if self._walk_files("value", lambda files: files._refresh_value()):
            self.env["dealer.callback"].sudo()._switch_care_plans()


class ValueRules(NamedTuple):
    """The settings of a branch on one day, applied to one customer after another."""

    today: object
    limits: value_class.Limits
    weights: loyalty.Weights
    high_from: int
    middle_from: int

    def judge(self, partner_id, facts, ratings=(), manual=None):
        """:return: Judgement; ``manual`` is the class set by hand, if it holds"""
        if not value_class.is_customer(facts):
            return Judgement(partner_id)
        today, limits = self.today, self.limits
        points = value_class.count_points(facts, ratings, today, limits)
        own = manual or value_class.judge_class(facts, points, limits)
        score = loyalty.count_score(loyalty.count_parts(facts, points), self.weights)
        gap = value_class.mean_gap(facts)
        return Judgement(
            id=partner_id,
            is_manual=bool(manual),
            value_class=own,
            value_score=points.total,
            value_group=value_class.judge_group(facts, own, today, limits),
            loyalty_score=score,
            loyalty_band=loyalty.judge_band(score, self.high_from, self.middle_from),
            last_visit_on=facts.last_visit,
            visit_gap_days=gap or None,
            visit_due_on=facts.last_visit + timedelta(days=gap) if gap else None,
            month=today.replace(day=1),
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_value_rules(self):
        """The branch's rules as of today."""
        self.ensure_one()
        company = self.sudo()
        return ValueRules(
            company._get_dealer_today(),
            company._get_value_limits(),
            company._get_loyalty_weights(),
            company.loyalty_high_from,
            company.loyalty_middle_from,
        )
