# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import guarantee
from .dealer_workmanship_rule import WORK_CLASSES

NARROWEST = "minor"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    work_class = fields.Selection(
        WORK_CLASSES,
        "Class of Work",
        help="Decides how long the workshop answers for the work.",
    )


class DealerRepairLabor(models.Model):
    _inherit = "dealer.repair.labor"

    work_class = fields.Selection(
        WORK_CLASSES,
        "Class of Work",
        compute="_compute_work_class",
        store=True,
        readonly=False,
        precompute=True,
        help="Empty: small repair.",
    )

    @api.depends("product_id")
    def _compute_work_class(self):
        for line in self:
            line.work_class = line.product_id.sudo().work_class or line.work_class

    def _get_work_key(self):
        """What makes it the same work: the operation, else its text."""
        self.ensure_one()
        return self.product_id.id or " ".join((self.name or "").lower().split())


class RepairOrder(models.Model):
    """The guarantee on the workshop's own work: the same fault or work inside it.

    Terms are records (``dealer.workmanship.rule``); the regulation's are shipped.
    """

    _inherit = "repair.order"

    guarantee_repair_id = fields.Many2one(
        "repair.order",
        "Guarantee of Order",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="This visit makes good the work of that order.",
    )

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        if not self.vehicle_id or self.guarantee_repair_id or self.date_delivered:
            return hints
        return [
            self._hint(
                "guarantee",
                self.env._(
                    "%(what)s: inside the guarantee of order %(order)s of %(date)s",
                    what=what,
                    order=visit.name,
                    date=format_date(self.env, visit._get_done_day()),
                ),
                "warning",
                visit,
                "action_take_guarantee",
                self.env._("Comeback without cost"),
            )
            for visit, what in self._get_guarantee_claims().items()
        ] + hints

    def action_take_guarantee(self):
        """Make this visit a comeback of the order ``hint_id`` in the context.

        :raises UserError: when that order does not answer for this one
        """
        self.ensure_one()
        self.check_access("write")
        visit = self.browse(self.env.context.get("hint_id"))
        if visit not in self._get_guarantee_claims():
            raise UserError(
                self.env._("That order does not answer for work on this one.")
            )
        self.sudo().guarantee_repair_id = visit
        self.service_kind = "comeback"
        same = self._get_claimed_lines(visit)
        same.filtered(lambda x: x.payer != "internal").payer = "internal"
        return True

    def _get_claimed_lines(self, visit):
        """Labour of this order that the guarantee pays: same work, same symptom."""
        keys = {line._get_work_key() for line in visit.labor_ids}
        symptoms = visit.concern_ids.symptom_id
        return self.labor_ids.filtered(
            lambda line: (
                line._get_work_key() in keys or line.concern_id.symptom_id & symptoms
            )
        )

    def _get_guarantee_claims(self):
        """{earlier order inside its guarantee: the symptom or work that is the same}

        A constant number of queries, whatever the car's history.
        """
        self.ensure_one()
        terms = self.env["dealer.workmanship.rule"]._get_terms()
        if not terms:
            return {}
        arrival = self.date_in or fields.Datetime.now()
        longest = max(days for days, _km in terms.values())
        visits = self.search(
            [
                ("vehicle_id", "=", self.vehicle_id.id),
                ("id", "!=", self._origin.id),
                ("state", "=", "done"),
                ("date_delivered", ">=", arrival - timedelta(days=longest + 1)),
                ("date_delivered", "<=", arrival),
            ],
            order="date_delivered desc, id desc",
        )
        claims = {visit: self._get_claim(visit, terms) for visit in visits}
        return {visit: what for visit, what in claims.items() if what}

    def _get_claim(self, visit, terms):
        """What this order brings back of a visit inside its guarantee, in words."""
        mine = {line._get_work_key() for line in self.labor_ids}
        lines = visit.labor_ids
        same = lines.filtered(lambda line: line._get_work_key() in mine)
        if any(self._is_guaranteed(visit, line.work_class, terms) for line in same):
            return same[0].name
        symptoms = self.concern_ids.symptom_id & visit.concern_ids.symptom_id
        for concern in visit.concern_ids.filtered(lambda c: c.symptom_id in symptoms):
            work = lines.filtered(lambda x, c=concern: x.concern_id == c) or lines
            classes = set(work.mapped("work_class")) or {NARROWEST}
            if any(self._is_guaranteed(visit, name, terms) for name in classes):
                return concern.symptom_id.name
        return None

    def _is_guaranteed(self, visit, work_class, terms):
        term = terms.get(work_class or NARROWEST)
        if not term:
            return False
        passed = (self._get_branch_day(self.date_in) - visit._get_done_day()).days
        driven = guarantee.get_km_since(
            visit.odometer_out or visit.odometer_in, self.odometer_in
        )
        return guarantee.is_inside(passed, driven, *term)

    def _get_done_day(self):
        return self._get_branch_day(self.date_delivered)

    def _propose_payer(self, line):
        """Work of a guarantee is the workshop's own cost."""
        if self.guarantee_repair_id and self.service_kind == "comeback":
            return "internal"
        return super()._propose_payer(line)
