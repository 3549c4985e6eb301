# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.job_steps import reported

BATCH = 1000
#: Visits told later than this get no letter any more.
LATE_DAYS = 7
DUE_AFTER = timedelta(hours=24)

# Orders of cars only: parts and accessories do not make a buyer. One letter per person
# and day, for the first of the visits.
FRESH = """
    WITH fresh AS (
        SELECT c.id, c.partner_id, c.lead_id, c.visitor_phone, c.date,
               COALESCE(c.date_left, c.date) AS ended,
               COALESCE(c.visitor_phone, l.phone, p.phone) AS phone,
               COALESCE(c.visitor_name, l.contact_name, p.name) AS name,
               COALESCE(c.visitor_address, p.street, p.city, l.street, l.city,
                        p.email, l.email_from) AS address,
               c.visit_result = 'ordered' OR c.consent_answer = 'refused'
               OR l.consent_contact = 'withdrawn' OR l.won_status = 'won' AS stops
          FROM dealer_contact c
     LEFT JOIN crm_lead l ON l.id = c.lead_id
     LEFT JOIN res_partner p ON p.id = c.partner_id
         WHERE c.company_id = %(company)s AND c.visit_state = 'left' AND c.is_counted
           AND c.thanks_state IS NULL AND c.date >= %(since)s AND c.date <= %(now)s
      ORDER BY c.date, c.id LIMIT %(limit)s
    FOR UPDATE OF c SKIP LOCKED
    )
    SELECT f.id, f.partner_id, f.ended, f.phone, f.name, f.address,
           COALESCE(f.stops, FALSE) OR EXISTS (
               SELECT FROM sale_order s
                WHERE s.state = 'sale' AND s.date_order >= f.date - interval '1 day'
                  AND (s.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                      >= (f.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                  AND (s.opportunity_id = f.lead_id OR (
                       s.partner_id = f.partner_id AND (
                           s.opportunity_id IS NOT NULL OR EXISTS (
                               SELECT FROM fleet_vehicle a
                                WHERE a.allocated_order_id = s.id))))
           ) OR EXISTS (
               SELECT FROM dealer_contact o
                WHERE o.company_id = %(company)s AND o.is_register
                  AND o.channel = 'visit' AND o.id <> f.id
                  AND o.date BETWEEN f.date - interval '1 day' AND f.date
                  AND (o.partner_id = f.partner_id OR o.lead_id = f.lead_id
                       OR o.visitor_phone = f.visitor_phone)
                  AND (o.thanks_state IN ('due', 'done')
                       OR (o.thanks_state IS NULL AND o.visit_state = 'left'
                           AND o.is_counted AND (o.date, o.id) < (f.date, f.id)))
           )
      FROM fresh f
"""

STORE = """
    UPDATE dealer_contact c
       SET thanks_state = d.letter, call_state = d.call,
           thanks_due_at = CASE WHEN d.letter = 'due' THEN d.due END,
           call_due_at = CASE WHEN d.call = 'due' THEN d.due END
      FROM unnest(%(ids)s::int[], %(letters)s::text[], %(calls)s::text[],
                  %(dues)s::timestamp[]) AS d(id, letter, call, due)
     WHERE c.id = d.id
"""


class DealerContact(models.Model):
    """The hourly job: visits that ended without an order wait for letter and call."""

    _inherit = "dealer.contact"

    @api.model
    def _cron_plan_thanks(self):
        """Judge each visit that ended once; in committed batches, branch by branch.

        A visit is judged when it has no answer yet: the job may run twice, on two
        workers, and after a kill the next run does what is left.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            with reported("Withdrawn letters", company):
                self._withdraw_ordered(company=company)
            count = BATCH
            while count == BATCH:
                count = 0  # where the batch fails, the other branches go on
                with reported("Letters and calls", company):
                    count = len(self._plan_thanks(company))
                if not cron._commit_progress(count):
                    return

    @api.model
    def _plan_thanks(self, company):
        """One batch of a branch.

        :return: the visits judged, also those that get nothing
        """
        self.env.flush_all()
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                FRESH,
                company=company.id,
                zone=company._get_dealer_tz(),
                since=now - timedelta(days=LATE_DAYS),
                now=now,
                limit=BATCH,
            )
        )
        visits = self.sudo().browse([row[0] for row in rows])
        if not rows:
            return visits
        partners = self.env["res.partner"].browse({row[1] for row in rows if row[1]})
        allowed = partners.with_company(company)._get_thanks_allowed()
        judged = [self._judge_thanks(row, allowed) for row in rows]
        self.env.cr.execute(
            SQL(
                STORE,
                ids=visits.ids,
                letters=[letter for letter, _call in judged],
                calls=[call for _letter, call in judged],
                dues=[row[2] + DUE_AFTER for row in rows],
            )
        )
        visits.invalidate_recordset(flush=False)
        visits._plan_thanks_activities()
        return visits

    @api.model
    def _judge_thanks(self, row, allowed):
        """:return: state of the letter, state of the call"""
        _id, partner, _ended, phone, name, address, stops = row
        wants = {
            kind: not partner or partner in persons for kind, persons in allowed.items()
        }
        letter = not stops and name and (address or phone) and wants["thanks"]
        call = not stops and phone and wants["call"]
        return "due" if letter else "none", "due" if call else "none"

    @api.model
    def _withdraw_ordered(self, orders=None, company=None):
        """Whoever ordered a car gets no letter any more, and no call.

        :param orders: sale.order records just confirmed, else all of ``company``
        """
        due = Domain("thanks_state", "=", "due") | Domain("call_state", "=", "due")
        visits = self.sudo()
        if orders is not None:
            bought = Domain("lead_id", "in", orders.sudo().opportunity_id.ids)
            buyers = orders.sudo().filtered("opportunity_id").partner_id
            bought |= Domain("partner_id", "in", buyers.ids)
            visits.search(due & bought)._withdraw_thanks()
            return
        waiting = visits.search(due & Domain("company_id", "=", company.id))
        leads = waiting.lead_id.filtered(lambda lead: lead.won_status == "won")
        sold = self.env["sale.order"].sudo()
        sold = sold.search(
            [("opportunity_id", "in", waiting.lead_id.ids), ("state", "=", "sale")]
        )
        since = {}
        for order in sold:
            known = since.get(order.opportunity_id, order.date_order)
            since[order.opportunity_id] = max(known, order.date_order)
        waiting.filtered(
            lambda v: v.lead_id in leads
            or (v.lead_id in since and since[v.lead_id] >= v.date)
        )._withdraw_thanks()

    def _withdraw_refused(self):
        """Visits of people who changed their mind about letters or calls."""
        allowed = self.partner_id._get_thanks_allowed()
        for kind, persons in allowed.items():
            self.filtered(lambda v, p=persons: v.partner_id.id not in p)._withdraw(kind)
