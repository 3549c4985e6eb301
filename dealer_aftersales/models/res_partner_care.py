# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 5000
#: A call that was not made moves on after so many days.
MISSED_DAYS = 14
#: Customers nobody talked to for long do not all fall due on one day.
SPREAD_DAYS = 30

# The next day: so long after the last talk as the customer's class asks for. A day
# that is waiting for its call stays until it is missed.
STORE = """
    WITH branch AS (
        SELECT * FROM unnest(%(companies)s::int[], %(todays)s::date[],
                             %(zones)s::text[], %(new)s::int[], %(loyal)s::int[],
                             %(vip)s::int[])
                   AS b(company, today, zone, new, loyal, vip)
    ), judged AS (
        SELECT p.id, p.next_care_on AS known, b.today,
               CASE p.customer_class WHEN 'new' THEN b.new WHEN 'loyal' THEN b.loyal
                                     WHEN 'vip' THEN b.vip ELSE 0 END AS days,
               (SELECT (c.date AT TIME ZONE 'UTC' AT TIME ZONE b.zone)::date
                  FROM dealer_contact c
                 WHERE c.partner_id = p.id AND c.outcome = 'reached'
                   AND c.mail_template_id IS NULL
              ORDER BY c.date DESC LIMIT 1) AS talked
          FROM res_partner p
          JOIN branch b ON b.company = COALESCE(p.company_id, %(main)s)
         WHERE p.id = ANY(%(ids)s)
    ), planned AS (
        SELECT id, CASE
               WHEN days = 0 THEN NULL
               WHEN talked + days >= today THEN talked + days
               WHEN known >= today - %(missed)s AND known >= COALESCE(talked, known)
               THEN known
               ELSE today + id %% %(spread)s END AS day
          FROM judged
    )
    UPDATE res_partner p SET next_care_on = planned.day
      FROM planned
     WHERE p.id = planned.id AND p.next_care_on IS DISTINCT FROM planned.day
"""

# Somebody talked to the customer in the meantime: the planned call is not made.
CANCEL = """
    UPDATE dealer_callback c SET state = 'cancelled'
      FROM res_partner p
     WHERE c.policy_id = ANY(%(policies)s) AND c.state = 'planned'
       AND c.attempt_count = 0 AND c.source_id = p.id
       AND c.cycle_key IS DISTINCT FROM p.next_care_on::text
 RETURNING c.id
"""


class ResPartner(models.Model):
    """When an owner is due for a talk: so often as his class asks for.

    The nightly job plans the day, the callback policy "Old-customer care" makes the
    call; whoever talks to the customer earlier moves the day on.
    """

    _inherit = "res.partner"

    next_care_on = fields.Date(
        "Next Care Call",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="dealer_crm.group_dealer_user",
    )

    @api.model
    def _get_system_file_fields(self):
        return super()._get_system_file_fields() | {"next_care_on"}

    @api.model
    def _cron_plan_care(self):
        """Plan all owners anew, in committed batches; what is right is not written."""
        cron = self.env["ir.cron"]
        files = self.sudo()
        domain = [("file_state", "!=", False), ("customer_class", "!=", False)]
        after, left = 0, files.search_count(domain)
        cron._commit_progress(remaining=left)
        while batch := files.search(
            [*domain, ("id", ">", after)], order="id", limit=BATCH
        ):
            batch._plan_care()
            after, left = batch[-1].id, max(left - len(batch), 0)
            self.env.invalidate_all()
            if not cron._commit_progress(len(batch), remaining=left):
                return
        self._cancel_outdated_care()

    def _plan_care(self):
        """:return: how many days moved"""
        self.env.flush_all()
        companies = self.env["res.company"]._get_all_branches()
        self.env.cr.execute(
            SQL(
                STORE,
                ids=list(self.ids),
                **companies._get_branch_zones(),
                main=min(companies.ids),
                todays=[company._get_dealer_today() for company in companies],
                new=companies.mapped("care_days_new"),
                loyal=companies.mapped("care_days_loyal"),
                vip=companies.mapped("care_days_vip"),
                missed=MISSED_DAYS,
                spread=SPREAD_DAYS,
            )
        )
        self.invalidate_recordset(["next_care_on"], flush=False)
        return self.env.cr.rowcount

    @api.model
    def _cancel_outdated_care(self):
        """Planned care calls of a day that moved on; :return: how many"""
        policies = self.env["dealer.callback.policy"].sudo()
        policies = policies.with_context(active_test=False).search(
            [
                ("model_id.model", "=", "res.partner"),
                ("date_field_id.name", "=", "next_care_on"),
            ]
        )
        if not policies:
            return 0
        self.env["dealer.callback"].flush_model()
        cancelled = self.env.execute_query(SQL(CANCEL, policies=policies.ids))
        self.env["dealer.callback"].invalidate_model(flush=False)
        return len(cancelled)


class ResCompany(models.Model):
    _inherit = "res.company"

    care_days_new = fields.Integer(
        "Call new Customers every (days)",
        default=90,
        help="After the last talk with anybody of the dealership. 0: never.",
    )
    care_days_loyal = fields.Integer("Call loyal Customers every (days)", default=60)
    care_days_vip = fields.Integer("Call VIPs every (days)", default=30)

    _care_days_check = models.Constraint(
        "CHECK (care_days_new >= 0 AND care_days_loyal >= 0 AND care_days_vip >= 0)",
        "Care calls: days cannot be negative.",
    )


class DealerContact(models.Model):
    """Customer care writes and calls the visitors of its branch, too."""

    _inherit = "dealer.contact"

    @api.model
    def _get_letter_groups(self):
        return [
            *super()._get_letter_groups(),
            "dealer_aftersales.group_customer_relations",
            "dealer_aftersales.group_service_manager",
        ]
