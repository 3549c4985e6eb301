# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.models.dealer_approval_mixin import APPROVAL_FIELDS
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError

MANAGING_GROUPS = (
    "dealer_aftersales.group_service_manager",
    "dealer_aftersales.group_customer_relations",
    "dealer_crm.group_sales_manager",
)
#: Moved by the buttons and by the jobs only.
SYSTEM_FIELDS = frozenset(
    {
        "number",
        "date_begun",
        "state",
        "date_done",
        "date_verified",
        "verified_by_id",
        "date_closed",
        "closed_by_id",
        "close_reason",
        "refusal_reason",
        "reopen_count",
        "is_proposed",
        "proposal_key",
        "proposal_month",
        "date_late",
        "is_reported",
        "report_attachment_id",
        "progress_ids",
        "review_ids",
    }
)
#: What the general manager decides on: fixed from the submission on.
APPROVED_FIELDS = frozenset(
    {
        "name",
        "kind",
        "category",
        "description",
        "analysis",
        "measure_text",
        "cause_id",
        "issue_id",
        "responsible_id",
        "supervisor_id",
        "date_due",
        "company_id",
        "effect_kind",
        "effect_question_id",
        "effect_days",
    }
)
#: Further parts that only those who lead measures write.
MANAGED_FIELDS = frozenset(
    {"callback_ids", "complaint_ids", "member_ids", "check_ids", "plan_id"}
)
#: The part of the participants while the measure is drawn up.
MEMBER_FIELDS = frozenset({"analysis", "measure_text", "cause_id"})


class DealerCorrectiveAction(models.Model):
    """Who writes what and when: the same in form, import and RPC."""

    _inherit = "dealer.corrective.action"

    is_managing = fields.Boolean(compute="_compute_my_part")
    is_mine = fields.Boolean(compute="_compute_my_part")
    is_supervising = fields.Boolean(compute="_compute_my_part")

    @api.depends("responsible_id", "supervisor_id")
    @api.depends_context("uid")
    def _compute_my_part(self):
        """Which buttons of the day the user has."""
        managing = self._is_managing()
        for action in self:
            action.is_managing = managing
            action.is_mine = action._may_carry_out()
            action.is_supervising = action._may_supervise()

    @api.model
    def _is_managing(self):
        """Service manager, customer relations, sales manager draw measures up."""
        user = self.env.user
        return self.env.su or any(map(user.has_group, MANAGING_GROUPS))

    def _may_carry_out(self):
        """The responsible; the service manager where he does not supervise himself."""
        self.ensure_one()
        user = self.env.user
        if self.env.su or user == self.responsible_id:
            return True
        manager = user.has_group("dealer_aftersales.group_service_manager")
        return manager and user != self.supervisor_id

    def _may_supervise(self):
        """The supervisor or a service manager, never the responsible himself."""
        self.ensure_one()
        user = self.env.user
        if self.env.su:
            return True
        if user == self.responsible_id:
            return False
        manager = user.has_group("dealer_aftersales.group_service_manager")
        return manager or user == self.supervisor_id

    @api.model_create_multi
    def create(self, vals_list):
        names = SYSTEM_FIELDS | APPROVAL_FIELDS
        # also for all rights: the context may still be the client's
        actions = without_defaults(self, names)
        # followers come last: core adds the author without looking who follows
        actions = actions.with_context(dealer_measure_new=True)
        for vals in vals_list:
            self._check_system_fields(vals)
        created = super(DealerCorrectiveAction, actions).create(vals_list)
        for action in created.sudo().filtered(lambda a: a.number in ("/", False)):
            action.number = action._get_next_number()
        created = created.with_env(self.env)
        created._follow_persons()
        return created

    def _get_next_number(self):
        sequences = self.env["ir.sequence"].sudo().with_company(self.company_id)
        return sequences.next_by_code("dealer.corrective.action") or "/"

    def write(self, vals):
        self._check_system_fields(vals)
        self._check_content(vals)
        result = super().write(vals)
        if {"responsible_id", "supervisor_id"} & vals.keys():
            self._follow_persons()
        if "date_due" in vals:
            self.sudo().filtered(lambda a: not a.is_late).date_late = False
        return result

    def _check_system_fields(self, vals):
        names = sorted(SYSTEM_FIELDS & vals.keys())
        if names and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s: a measure moves by its buttons only.",
                    field=self._fields[names[0]]._description_string(self.env),
                )
            )

    @api.model
    def _get_approved_fields(self):
        """Fixed from the submission on; other addons add theirs."""
        return APPROVED_FIELDS

    @api.model
    def _get_managed_fields(self):
        """Written by those who lead measures, at any time; addons add theirs."""
        return MANAGED_FIELDS

    def _check_content(self, vals):
        """:raises UserError: submitted; :raises AccessError: not this person's part"""
        if self.env.su:
            return
        approved = sorted(self._get_approved_fields() & vals.keys())
        if approved and any(state != "draft" for state in self.mapped("state")):
            raise UserError(
                self.env._(
                    "%(field)s: submitted measures stay as they are. Take the measure "
                    "back to draft; it then needs a new approval.",
                    field=self._fields[approved[0]]._description_string(self.env),
                )
            )
        managed = {*approved, *self._get_managed_fields()} & vals.keys()
        foreign = sorted(managed - MEMBER_FIELDS)
        if foreign and not self._is_managing():
            raise AccessError(
                self.env._(
                    "%(field)s: participants write analysis and measure; the rest is "
                    "up to the service manager and customer relations.",
                    field=self._fields[foreign[0]]._description_string(self.env),
                )
            )

    def _follow_persons(self):
        """Who has a part in the measure gets its discussion."""
        for action in self.sudo():
            persons = action.responsible_id | action.supervisor_id
            partners = persons.partner_id | action.member_ids.partner_id
            action.message_subscribe(partners.ids)
