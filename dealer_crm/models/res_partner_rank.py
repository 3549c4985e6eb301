# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.customer_class import Facts, Limits, judge_class

CLASS_COLORS = {"prospect": 0, "new": 4, "loyal": 10, "vip": 3}

# Cars bought here, also those sold on since; a car of elsewhere is no purchase.
PURCHASES = """
    SELECT l.partner_id, count(DISTINCT l.vehicle_id), min(l.date_from)
      FROM dealer_vehicle_party l
      JOIN fleet_vehicle v ON v.id = l.vehicle_id
     WHERE l.role = 'owner' AND l.partner_id = ANY(%(ids)s)
       AND v.trade_state IS NOT NULL AND v.origin IS DISTINCT FROM 'other_dealer'
       AND (v.trade_state = 'customer' OR l.date_to IS NOT NULL)
  GROUP BY l.partner_id
"""

STORE = """
    UPDATE res_partner p
       SET customer_class = due.class
      FROM unnest(%(ids)s::int[], %(classes)s::text[]) AS due(id, class)
     WHERE p.id = due.id AND p.customer_class IS DISTINCT FROM due.class
"""


class ResPartner(models.Model):
    """The class of a customer: prospect, new, loyal or VIP.

    ``tools/customer_class.py`` holds the rule, ``_get_class_facts`` what it is fed
    with, the branch's settings the thresholds. Judged every night and when a car
    changes hands.
    """

    _inherit = "res.partner"

    customer_class = fields.Selection(
        [
            ("prospect", "Prospect"),
            ("new", "New Buyer"),
            ("loyal", "Loyal Customer"),
            ("vip", "VIP"),
        ],
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _get_system_file_fields(self):
        return super()._get_system_file_fields() | {"customer_class"}

    def _refresh_lifecycle(self, event):
        result = super()._refresh_lifecycle(event)
        if event in ("file", "car"):
            self._refresh_customer_class()
        return result

    def _refresh_customer_class(self):
        """Judge these customers anew; :return: how many classes changed"""
        files = self.sudo().filtered("file_state")
        if not files:
            return 0
        self.env.flush_all()
        facts, classes = files._get_class_facts(), {}
        for company, partners in files.grouped("company_id").items():
            limits = (company or self.env.company)._get_class_limits()
            for partner in partners:
                classes[partner.id] = judge_class(facts[partner.id], limits)
        query = SQL(STORE, ids=list(classes), classes=list(classes.values()))
        self.env.cr.execute(query)
        changed = self.env.cr.rowcount
        if changed:
            files.invalidate_recordset(["customer_class"], flush=False)
        return changed

    def _get_class_facts(self):
        """What the class is judged by; other addons add theirs.

        Pending changes are in the database already.

        :return: dict partner id → Facts
        """
        today = fields.Date.context_today(self)
        facts = dict.fromkeys(self.ids, Facts())
        rows = self.env.execute_query(SQL(PURCHASES, ids=list(self.ids)))
        for partner_id, count, first in rows:
            years = (today - first).days / 365.25 if first else 0
            facts[partner_id] = Facts(purchases=count, years=years)
        return facts

    @api.model
    def _cron_update_customer_class(self):
        """Judge all files, in committed batches; what is right is not written again."""
        self._walk_files("class", lambda files: files._refresh_customer_class())

    def _get_desk_who(self):
        """The class stands first among the tags of the overview and the desk card."""
        who = super()._get_desk_who()
        if self.customer_class:
            label = self._get_choice(self, "customer_class")
            who["tags"].insert(0, [label, CLASS_COLORS[self.customer_class]])
        return who


class ResCompany(models.Model):
    _inherit = "res.company"

    class_loyal_purchases = fields.Integer(
        "Loyal from (cars bought)",
        default=2,
        help="Unless the customer is dissatisfied. 0: not by purchases.",
    )
    class_vip_purchases = fields.Integer(
        "VIP from (cars bought)", default=3, help="0: not by purchases."
    )
    class_vip_years = fields.Integer(
        "VIP after (years)",
        default=8,
        help="Since the first purchase, for customers who bought as many cars as a "
        "loyal one. 0: not by time.",
    )

    @api.constrains("class_loyal_purchases", "class_vip_purchases", "class_vip_years")
    def _check_class_limits(self):
        for company in self:
            if min(company._get_class_limits()) < 0:
                raise ValidationError(
                    self.env._("Customer classes: a threshold cannot be negative.")
                )

    def write(self, vals):
        result = super().write(vals)
        if any(name.startswith("class_") for name in vals):
            self._request_class_job()
        return result

    @api.model
    def _request_class_job(self):
        """All customers are judged anew soon, not only in the coming night."""
        cron = self.env.ref("dealer_crm.ir_cron_update_customer_class", False)
        if cron:
            cron.sudo()._trigger()

    def _get_class_limits(self):
        """Thresholds of the branch; other addons add theirs."""
        self.ensure_one()
        company = self.sudo()
        return Limits(
            loyal_purchases=company.class_loyal_purchases,
            vip_purchases=company.class_vip_purchases,
            vip_years=company.class_vip_years,
        )
