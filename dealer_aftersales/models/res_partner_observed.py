# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from itertools import pairwise

from odoo import api, fields, models


class ResPartner(models.Model):
    """What is seen from outside: how often the customer comes, how he pays.

    Counted when it is asked for, for any number of customers at once; the form asks
    when its page is looked at.
    """

    _inherit = "res.partner"

    mean_visit_days = fields.Integer(
        "Days between Visits",
        compute="_compute_mean_visit_days",
        groups="dealer_crm.group_dealer_user",
        help="Mean number of days from one delivered repair order to the next.",
    )
    usual_payment_method = fields.Char(
        compute="_compute_usual_payment_method",
        groups="dealer_crm.group_dealer_user",
        help="The one most frequent among the payments of posted invoices.",
    )

    def _compute_mean_visit_days(self):
        """Two orders of one day are one visit."""
        days = self._get_visit_days()
        for partner in self:
            visits = days.get(partner._origin.id, [])
            gaps = [(after - before).days for before, after in pairwise(visits)]
            partner.mean_visit_days = round(sum(gaps) / len(gaps)) if gaps else 0

    def _get_visit_days(self):
        """:return: dict partner id → days of delivery at the branch, in order"""
        repairs = self.env["repair.order"]
        rows = repairs.with_context(tz=self.env.company._get_dealer_tz())._read_group(
            [
                ("partner_id", "in", self._origin.ids),
                ("vehicle_id", "!=", False),
                ("date_delivered", "!=", False),
                ("state", "=", "done"),
            ],
            ["partner_id", "date_delivered:day"],
            order="date_delivered:day",
        )
        days = {}
        for partner, day in rows:
            days.setdefault(partner.id, []).append(day)
        return days

    def _compute_usual_payment_method(self):
        """Of equally frequent methods the one used last counts."""
        methods = self._get_payment_methods()
        for partner in self:
            used = methods.get(partner._origin.id, [])
            counts = Counter(used)
            partner.usual_payment_method = max(
                reversed(used), key=counts.__getitem__, default=False
            )

    def _get_payment_methods(self):
        """How the invoices of these customers were paid, at the user's branches.

        Read with all rights, as the desk has none on invoices; no amount and no
        document leaves this method.

        :return: dict partner id → names of methods, by date of the payment
        """
        invoices = (
            self.env["account.move"]
            .sudo()
            .search_fetch(
                [
                    ("partner_id", "in", self._origin.ids),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("company_id", "in", self.env.companies.ids),
                ],
                ["partner_id"],
            )
        )
        used = {
            (payment, invoice.partner_id.id)
            for invoice in invoices
            for payment in invoice.reconciled_payment_ids
            if payment.state in ("in_process", "paid")
        }
        methods = {}
        for payment, partner_id in sorted(used, key=lambda u: (u[0].date, u[0].id)):
            methods.setdefault(partner_id, []).append(self._get_method_name(payment))
        return methods

    @api.model
    def _get_method_name(self, payment):
        """WeChat, cash …: the name given to the method, else that of its journal."""
        line = payment.payment_method_line_id
        if line and line.name != line.payment_method_id.name:
            return line.name
        return payment.journal_id.name

    @api.readonly
    def get_dealer_observed(self):
        """The observed data of one customer as lines of label and text."""
        self.ensure_one()
        self.check_access("read")
        names = ["mean_visit_days", "usual_payment_method"]
        labels = self.fields_get(names, ["string"])
        return [
            {
                "name": name,
                "label": labels[name]["string"],
                "text": str(self[name] or "–"),
            }
            for name in names
            if name in labels
        ]
