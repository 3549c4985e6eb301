# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools.lifecycle import Limits, judge_lifecycle
from .dealer_lifecycle_log import LIFECYCLE

# One statement: a line of the log for each state that changes, and none else.
STORE = """
    WITH due AS (
        SELECT * FROM unnest(%(ids)s::int[], %(states)s::text[], %(days)s::date[])
                   AS d(id, state, day)
    ), changed AS (
        UPDATE res_partner p
           SET lifecycle = due.state, lifecycle_date = due.day
          FROM due
          JOIN res_partner before ON before.id = due.id
         WHERE p.id = due.id
           AND p.lifecycle IS DISTINCT FROM due.state
     RETURNING p.id, before.lifecycle AS state_from, due.state AS state_to
    )
    INSERT INTO dealer_lifecycle_log (
           partner_id, state_from, state_to, event, date, user_id,
           create_uid, create_date, write_uid, write_date)
    SELECT id, state_from, state_to,
           CASE WHEN state_from IS NULL AND %(event)s = 'time' THEN 'file'
                ELSE %(event)s END,
           %(now)s, %(uid)s, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM changed
"""


class ResPartner(models.Model):
    """The life cycle of a customer file: judged at each event and every night.

    ``tools/lifecycle.py`` holds the rule, ``_get_lifecycle_facts`` what it is fed
    with. Partners without a file have none.
    """

    _inherit = "res.partner"

    lifecycle = fields.Selection(
        LIFECYCLE, "Life Cycle", readonly=True, copy=False, index="btree_not_null"
    )
    lifecycle_date = fields.Date(
        "In this State since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Day on which the life cycle came to its present state.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_lifecycle_values(vals)
            # also against defaults of the context
            vals |= {"lifecycle": False, "lifecycle_date": False}
        partners = super().create(vals_list)
        partners._refresh_lifecycle("file")
        return partners

    def write(self, vals):
        if {"lifecycle", "lifecycle_date"} & vals.keys():
            self._check_lifecycle_values(vals)
        result = super().write(vals)
        if vals.get("file_state"):
            self.filtered(lambda p: not p.lifecycle)._refresh_lifecycle("file")
        return result

    def _check_lifecycle_values(self, vals):
        named = vals.get("lifecycle") or vals.get("lifecycle_date")
        if named and not self.env.su:
            raise AccessError(
                self.env._("Life Cycle: it follows from what the customer does.")
            )

    def _refresh_lifecycle(self, event):
        """Judge these customers anew and log what changed.

        :param str event: what happened, a key of ``dealer.lifecycle.log.event``
        :return: how many states changed
        """
        files = self.sudo().filtered("file_state")
        if not files:
            return 0
        self.env.flush_all()
        facts = files._get_lifecycle_facts()
        states, days = {}, []
        for company, partners in files.grouped("company_id").items():
            branch = company or self.env.company
            today, limits = branch._get_dealer_today(), branch._get_lifecycle_limits()
            for partner in partners:
                states[partner.id] = judge_lifecycle(facts[partner.id], today, limits)
                days.append(today)
        self.env.cr.execute(
            SQL(
                STORE,
                ids=list(states),
                states=list(states.values()),
                days=days,
                event=event,
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        changed = self.env.cr.rowcount
        if changed:
            files.invalidate_recordset(["lifecycle", "lifecycle_date"], flush=False)
        return changed

    @api.model
    def _cron_update_lifecycle(self):
        """Judge all files by the new day, in committed batches.

        A state that is right is not written again: the job may run twice, and after
        a kill the next run does what is left.
        """
        self._walk_files("lifecycle", lambda files: files._refresh_lifecycle("time"))

    def action_view_lifecycle(self):
        """The steps of this customer, newest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_lifecycle_log_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {}
        return action


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_lifecycle_limits(self):
        """After how many days a customer is at risk and lost; none without service."""
        self.ensure_one()
        return Limits()
