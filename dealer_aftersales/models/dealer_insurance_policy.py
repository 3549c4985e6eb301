# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date

#: Days before the end at which the desk speaks of a policy.
REMIND_DAYS = 30

# Two policies of one kind must not cover the same day of a car.
OVERLAPS = """
    SELECT p.id, other.id
      FROM dealer_insurance_policy p
      JOIN dealer_insurance_policy other
        ON other.vehicle_id = p.vehicle_id AND other.kind = p.kind
       AND other.id <> p.id AND other.state <> 'cancelled'
       AND other.date_start <= p.date_end AND other.date_end >= p.date_start
     WHERE p.id IN %s AND p.state <> 'cancelled'
     LIMIT 1
"""


class DealerInsurancePolicy(models.Model):
    """A car's insurance for one period, sold here or not, and its renewal.

    Nobody is made to insure here: policies bought elsewhere are kept, too, so that
    the customer is reminded in time. The state follows the dates and the next policy.
    """

    _name = "dealer.insurance.policy"
    _description = "Insurance Policy"
    _inherit = ["mail.thread", "dealer.expiry.mixin"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char("Policy No.", index="trigram", tracking=True, copy=False)
    kind = fields.Selection(
        [("compulsory", "Compulsory"), ("commercial", "Commercial")],
        required=True,
        default="commercial",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, default=lambda self: self.env.company
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
        domain="[('trade_state', '!=', False)]",
    )
    owner_id = fields.Many2one(
        related="vehicle_id.owner_id", string="Owner", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Policyholder",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
    )
    insurer_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        domain="[('is_company', '=', True)]",
    )
    date_start = fields.Date("Begins on", required=True, tracking=True)
    date_end = fields.Date(
        "Ends on",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        tracking=True,
        help="The last day that is insured. Proposed: one year.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    premium = fields.Monetary(tracking=True)
    sold_here = fields.Boolean(default=True, tracking=True)
    is_managed = fields.Boolean(
        "Renewal is ours",
        compute="_compute_is_managed",
        store=True,
        readonly=False,
        tracking=True,
        help="We remind the customer of the end and offer the renewal; the policy "
        "counts in the renewal rate.",
    )
    state = fields.Selection(
        [
            ("active", "In Force"),
            ("expired", "Expired"),
            ("renewed", "Renewed"),
            ("cancelled", "Policy cancelled"),
        ],
        required=True,
        default="active",
        index=True,
        copy=False,
        readonly=True,
        tracking=True,
    )
    previous_id = fields.Many2one(
        "dealer.insurance.policy",
        "Renewal of",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        check_company=True,
        domain="[('vehicle_id', '=', vehicle_id), ('kind', '=', kind)]",
    )
    next_ids = fields.One2many("dealer.insurance.policy", "previous_id", "Renewed by")
    note = fields.Text()

    _dates_check = models.Constraint(
        "CHECK (date_end >= date_start)", "Ends on: the end lies before the beginning."
    )
    _premium_check = models.Constraint(
        "CHECK (premium >= 0)", "Premium: the amount cannot be negative."
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, kind, name, COALESCE(insurer_id, 0))"
        " WHERE name IS NOT NULL AND state <> 'cancelled'",
        "Policy No.: there is a policy of this insurer with this number already.",
    )
    _previous_uniq = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND state <> 'cancelled'",
        "Renewal of: this policy is renewed already.",
    )

    @api.depends("name", "kind", "insurer_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for policy in self:
            parts = [kinds.get(policy.kind), policy.insurer_id.name, policy.name]
            policy.display_name = " ".join(filter(None, parts))

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        for policy in self:
            policy.partner_id = policy.partner_id or policy.vehicle_id.owner_id

    @api.depends("date_start")
    def _compute_date_end(self):
        for policy in self:
            start, end = policy.date_start, policy.date_end
            if start and (not end or end < start):
                end = start + relativedelta(years=1, days=-1)
            policy.date_end = end

    @api.depends("sold_here")
    def _compute_is_managed(self):
        for policy in self:
            policy.is_managed = policy.is_managed or policy.sold_here

    @api.constrains("vehicle_id", "kind", "date_start", "date_end", "state")
    def _check_overlap(self):
        self.flush_model()
        found = self.env.execute_query(SQL(OVERLAPS, tuple(self.ids)))
        if not found:
            return
        other = self.sudo().browse(found[0][1])
        raise ValidationError(
            self.env._(
                "Begins on: the car is insured from %(start)s to %(end)s already "
                "(policy %(number)s).",
                start=format_date(self.env, other.date_start),
                end=format_date(self.env, other.date_end),
                number=other.name or other.id,
            )
        )

    @api.constrains("previous_id", "vehicle_id", "kind")
    def _check_previous(self):
        for policy in self.filtered("previous_id"):
            before = policy.previous_id
            same = before.vehicle_id == policy.vehicle_id and before.kind == policy.kind
            if not same or before.date_start >= policy.date_start:
                raise ValidationError(
                    self.env._(
                        "Renewal of: an earlier policy of the same car and kind only."
                    )
                )

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"owner_id"}

    @api.model
    def _get_term_fields(self):
        return super()._get_term_fields() | {"date_start", "previous_id", "company_id"}

    def write(self, vals):
        related = self.previous_id
        result = super().write(vals)
        if self._get_term_fields() & vals.keys():
            related._update_state()
        return result

    def unlink(self):
        related = self.previous_id - self
        result = super().unlink()
        related._update_state()
        return result

    def _update_state(self):
        """Also of the policies before: a renewal tells on them."""
        policies = (self | self.previous_id).sudo()
        result = super(DealerInsurancePolicy, policies)._update_state()
        over = policies.filtered(lambda p: p.state in ("renewed", "cancelled"))
        over._cancel_reminders()
        return result

    def _get_state(self, today):
        """Cancelled stays; else a next policy renews, else the last day decides."""
        if self.state == "cancelled":
            return "cancelled"
        if self.next_ids.filtered(lambda p: p.state != "cancelled"):
            return "renewed"
        return super()._get_state(today)

    def _cancel_reminders(self):
        """What is renewed or given up needs no call any more."""
        rules = self.env["dealer.callback.policy"].sudo()
        rules = rules.with_context(active_test=False).search(
            [("model_id.model", "=", self._name)]
        )
        if self and rules:
            self.env["dealer.callback"].sudo().search(
                [
                    ("policy_id", "in", rules.ids),
                    ("source_id", "in", self.ids),
                    ("state", "=", "planned"),
                ]
            )._cancel_untouched()

    def action_renew(self):
        """The next policy's form, filled: it begins the day after this one ends.

        :raises UserError: when the policy is renewed or cancelled
        """
        self.ensure_one()
        if self.state not in ("active", "expired"):
            raise UserError(self.env._("This policy is renewed or cancelled already."))
        start = self.date_end + timedelta(days=1)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Renewal"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_previous_id": self.id,
                "default_vehicle_id": self.vehicle_id.id,
                "default_partner_id": self.partner_id.id,
                "default_insurer_id": self.insurer_id.id,
                "default_kind": self.kind,
                "default_date_start": fields.Date.to_string(start),
                "default_company_id": self.company_id.id,
                "default_sold_here": True,
            },
        }

    def action_cancel(self):
        """Given up before its end; what it renewed waits for a renewal again."""
        self.check_access("write")
        policies = self.filtered(lambda p: p.state != "cancelled").sudo()
        if policies.filtered("next_ids"):
            raise UserError(self.env._("A renewed policy cannot be cancelled."))
        policies.write({"state": "cancelled"})
        policies._update_state()
        return True

    def action_reopen(self):
        """A cancellation by mistake is taken back."""
        self.check_access("write")
        policies = self.filtered(lambda p: p.state == "cancelled").sudo()
        policies.write({"state": "active"})
        policies._update_state()
        return True

    def action_view_next(self):
        """The policy that renews this one, or the one it renews."""
        self.ensure_one()
        following = self.next_ids.filtered(lambda p: p.state != "cancelled")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": (following or self.previous_id)[:1].id,
            "views": [(False, "form")],
        }
