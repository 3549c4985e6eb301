# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.context import without_defaults
from ..tools.job_steps import reported
from .dealer_contact_talk import FOLLOW_UP_PURPOSES

CRON = "dealer_crm.ir_cron_check_integrity"
MANAGER = "dealer_crm.group_sales_manager"
SYSTEM_FIELDS = frozenset({"integrity_note", "integrity_ok_by_id"})
BURST_SECONDS = 60

# Rows that one transaction made at once are an import, and nobody's habit. What was
# entered before ``since`` is judged already: here it only gets what a new row proves.
CHECK_INTEGRITY = """
    WITH seen AS (
        SELECT c.id, c.user_id, c.date, c.create_date, c.integrity_note AS old,
               c.lead_id, c.outcome, c.purpose,
               c.channel = 'phone' AND c.direction = 'out' AS is_call,
               CASE WHEN c.outcome = 'reached' THEN
                    lower(btrim(regexp_replace(c.content, '\\s+', ' ', 'g')))
               END AS words,
               count(*) OVER (PARTITION BY c.create_uid, c.create_date) AS batch
          FROM dealer_contact c
         WHERE c.company_id = %(company)s
           AND c.create_date >= %(seen_since)s
    ), said AS (
        SELECT id, count(*) OVER (
                   PARTITION BY user_id, words ORDER BY date
                   RANGE BETWEEN CURRENT ROW AND %(copy_window)s FOLLOWING
               ) AS times, user_id, words, date
          FROM seen
         WHERE batch = 1 AND words <> ''
    ), copied AS (
        SELECT id, max(times) OVER (
                   PARTITION BY user_id, words ORDER BY date
                   RANGE BETWEEN %(copy_window)s PRECEDING AND CURRENT ROW
               ) AS times
          FROM said
    ), called AS (
        SELECT id, count(*) OVER (
                   PARTITION BY user_id ORDER BY create_date
                   RANGE BETWEEN CURRENT ROW AND %(burst_window)s FOLLOWING
               ) AS times, user_id, create_date
          FROM seen
         WHERE batch = 1 AND is_call
    ), burst AS (
        SELECT id, max(times) OVER (
                   PARTITION BY user_id ORDER BY create_date
                   RANGE BETWEEN %(burst_window)s PRECEDING AND CURRENT ROW
               ) AS times
          FROM called
    ), judged AS (
        SELECT seen.id, seen.old, seen.create_date >= %(since)s AS is_new,
               concat_ws(',',
                   CASE WHEN %(copy_count)s > 0
                         AND copied.times >= %(copy_count)s THEN 'copied' END,
                   CASE WHEN %(burst_calls)s > 0
                         AND burst.times >= %(burst_calls)s THEN 'burst' END,
                   CASE WHEN seen.batch = 1 AND seen.lead_id IS NOT NULL
                         AND seen.outcome = 'reached'
                         AND seen.purpose = ANY(%(purposes)s)
                         AND length(COALESCE(seen.words, '')) < %(short_length)s
                        THEN 'short' END,
                   CASE WHEN seen.batch = 1 AND %(late_days)s > 0
                         AND seen.create_date > seen.date + %(late_window)s
                        THEN 'late' END
               ) AS note
          FROM seen
     LEFT JOIN copied ON copied.id = seen.id
     LEFT JOIN burst ON burst.id = seen.id
    )
    UPDATE dealer_contact c
       SET integrity_note = NULLIF(judged.note, '')
      FROM judged
     WHERE judged.id = c.id
       AND c.integrity_ok_by_id IS NULL
       AND NULLIF(judged.note, '') IS DISTINCT FROM c.integrity_note
       AND (judged.is_new OR (judged.note <> '' AND judged.old IS NULL))
"""


class DealerContact(models.Model):
    """Records that look made up: for a manager to ask, not a verdict.

    Figures of contacts are worth as much as the records behind them.
    """

    _inherit = "dealer.contact"

    integrity_note = fields.Char(
        "Odd because (keys)", readonly=True, copy=False, groups=MANAGER
    )
    integrity_text = fields.Char(
        "Odd because", compute="_compute_integrity_text", groups=MANAGER
    )
    integrity_ok_by_id = fields.Many2one(
        "res.users", "Found in order by", readonly=True, copy=False, groups=MANAGER
    )
    is_entered_late = fields.Boolean(
        "Entered late",
        compute="_compute_is_entered_late",
        help="Logged more than a day after it happened.",
    )

    _integrity_idx = models.Index(
        "(company_id, date DESC) WHERE integrity_note IS NOT NULL"
    )
    # entered in the order of time: a tiny index finds the newest
    _create_date_idx = models.Index("USING BRIN (create_date)")

    @api.depends("integrity_note")
    @api.depends_context("lang")
    def _compute_integrity_text(self):
        labels = self._get_integrity_labels()
        for contact in self:
            keys = (contact.integrity_note or "").split(",")
            contact.integrity_text = ", ".join(labels[k] for k in keys if k in labels)

    @api.model
    def _get_integrity_labels(self):
        return {
            "copied": self.env._("same text again and again"),
            "burst": self.env._("many calls within a minute"),
            "short": self.env._("says next to nothing"),
            "late": self.env._("entered late"),
        }

    @api.depends("date", "create_date", "company_id")
    def _compute_is_entered_late(self):
        for contact in self:
            days = contact.company_id.sudo().odd_late_days or 1
            made = contact.create_date
            limit = contact.date and contact.date + timedelta(days=days)
            contact.is_entered_late = bool(made and limit and made > limit)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_integrity_fields(vals.keys())
        records = self if self.env.su else without_defaults(self, SYSTEM_FIELDS)
        return super(DealerContact, records).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_integrity_fields(vals.keys())
        return super().write(vals)

    def _check_integrity_fields(self, names):
        """:raises AccessError: a client sets what the nightly check found"""
        if SYSTEM_FIELDS & set(names) and not self.env.su:
            raise AccessError(self.env._("Odd records are found by the system."))

    def action_integrity_ok(self):
        """A manager asked: it is in order. Nobody judges his own records.

        :raises AccessError: for all but managers of the author
        """
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("A manager decides on odd records."))
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(self.env._("Somebody else decides on your records."))
        self.sudo().write({"integrity_ok_by_id": self.env.uid})
        return True

    @api.model
    def _get_odd_domain(self):
        """Records that look odd and were not found in order."""
        return Domain("integrity_note", "!=", False) & Domain(
            "integrity_ok_by_id", "=", False
        )

    @api.model
    def _cron_check_integrity(self):
        """Judge what was entered since the last run, branch by branch.

        Run again it finds the same; a branch that fails is reported, the others go on.
        """
        cron = self.env["ir.cron"]
        last = self.env.ref(CRON).sudo().lastcall
        branches = self.env["res.company"]._get_all_branches()
        for number, branch in enumerate(branches, 1):
            with reported("Check for odd records", branch):
                self._check_integrity(branch, last)
            cron._commit_progress(1, remaining=len(branches) - number)

    @api.model
    def _check_integrity(self, company, last=None):
        """Note what looks odd among the contacts of ``company``.

        The last days are judged anew each night: later rows may prove a copy.

        :param last: moment of the last check; None: a month ago
        :return: how many notes changed
        """
        self.flush_model()
        company = company.sudo()
        now = fields.Datetime.now()
        window = timedelta(days=company.odd_copy_days)
        last = last or now - timedelta(days=31)
        since = min(last, now - window) - timedelta(days=1)
        self.env.cr.execute(
            SQL(
                CHECK_INTEGRITY,
                company=company.id,
                since=since,
                seen_since=since - window,
                copy_window=window,
                copy_count=company.odd_copy_count,
                burst_window=timedelta(seconds=BURST_SECONDS),
                burst_calls=company.odd_burst_calls,
                short_length=company.odd_short_length,
                late_days=company.odd_late_days,
                late_window=timedelta(days=company.odd_late_days),
                purposes=list(FOLLOW_UP_PURPOSES),
            )
        )
        changed = self.env.cr.rowcount
        self.invalidate_model(["integrity_note"])
        return changed
