# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

APPROVAL_FIELDS = frozenset(
    {
        "approval_state",
        "approval_requested_by_id",
        "approval_requested_on",
        "approval_decided_by_id",
        "approval_decided_on",
        "approval_reason",
    }
)


class DealerApprovalMixin(models.AbstractModel):
    """Draft, submitted, approved or refused: one decision by somebody else.

    The author of a request never decides it, the decider must be in the group that
    ``_get_approval_group`` names and pass ``_check_approval_limit``. The fields move
    through the actions only, whoever writes; each step leaves a line in
    ``dealer.approval.log``.
    """

    _name = "dealer.approval.mixin"
    _description = "Approval"

    approval_state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        "Approval",
        default="draft",
        readonly=True,
        copy=False,
    )
    approval_requested_by_id = fields.Many2one(
        "res.users", "Requested by", readonly=True, copy=False
    )
    approval_requested_on = fields.Datetime("Requested on", readonly=True, copy=False)
    approval_decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    approval_decided_on = fields.Datetime("Decided on", readonly=True, copy=False)
    approval_reason = fields.Char("Reason of the request", readonly=True, copy=False)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends("approval_state", "approval_requested_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for record in self:
            record.can_decide = (
                record.approval_state == "submitted"
                and record.approval_requested_by_id != self.env.user
                and self.env.user.has_group(record._get_approval_group())
            )

    @api.model_create_multi
    def create(self, vals_list):
        # given explicitly, so that a default of the context cannot approve anything
        start = {**dict.fromkeys(APPROVAL_FIELDS, False), "approval_state": "draft"}
        for vals in vals_list:
            self._check_approval_fields(vals)
        return super().create([{**start, **vals} for vals in vals_list])

    def write(self, vals):
        self._check_approval_fields(vals)
        return super().write(vals)

    def _check_approval_fields(self, vals):
        if APPROVAL_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("An approval moves by its buttons only: submit, approve.")
            )

    def action_submit(self, reason=None):
        """Ask for the decision. ``reason`` tells the decider why.

        :raises UserError: when a request is already waiting
        """
        self.check_access("write")
        for record in self:
            if record.approval_state == "submitted":
                raise UserError(self.env._("This request already waits for approval."))
            record._set_approval(
                "submitted",
                reason,
                approval_requested_by_id=self.env.uid,
                approval_requested_on=fields.Datetime.now(),
                approval_decided_by_id=False,
                approval_decided_on=False,
                approval_reason=reason or False,
            )
        return True

    def action_approve(self, reason=None):
        """Say yes to a submitted request, then run ``_on_approved``."""
        self._decide("approved", reason)
        for record in self:
            record._on_approved()
        return True

    def action_refuse(self, reason=None):
        """Say no to a submitted request, then run ``_on_refused``."""
        self._decide("refused", reason)
        for record in self:
            record._on_refused()
        return True

    def _decide(self, state, reason):
        self.check_access("read")
        for record in self:
            record._check_may_decide()
            record._set_approval(
                state,
                reason,
                approval_decided_by_id=self.env.uid,
                approval_decided_on=fields.Datetime.now(),
            )

    def _check_may_decide(self):
        """:raises UserError: nothing waits; :raises AccessError: not by this user"""
        self.ensure_one()
        if self.approval_state != "submitted":
            raise UserError(self.env._("Only a submitted request can be decided."))
        if self.approval_requested_by_id == self.env.user:
            raise AccessError(
                self.env._("Who asks does not decide: another person must approve.")
            )
        group = self._get_approval_group()
        if not self.env.user.has_group(group):
            raise AccessError(
                self.env._(
                    "Only members of '%(group)s' may decide this request.",
                    group=self.env.ref(group).sudo().full_name,
                )
            )
        self._check_approval_limit()

    def _set_approval(self, state, reason, **values):
        self.ensure_one()
        self.env["dealer.approval.log"].sudo().create(
            {
                "res_model": self._name,
                "res_id": self.id,
                "state_from": self.approval_state,
                "state_to": state,
                "user_id": self.env.uid,
                "reason": reason or False,
                "company_id": self["company_id"].id if "company_id" in self else False,
            }
        )
        self.sudo().write({"approval_state": state, **values})

    def _get_approval_group(self):
        """XML id of the group whose members may decide."""
        return "dealer_crm.group_sales_manager"

    def _check_approval_limit(self):
        """Hook: raise when this decision is beyond the current user's limit."""

    def _on_approved(self):
        """Hook: what follows a yes."""

    def _on_refused(self):
        """Hook: what follows a no."""
