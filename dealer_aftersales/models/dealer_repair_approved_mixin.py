# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class DealerRepairApprovedMixin(models.AbstractModel):
    """A priced line of a repair order that the customer has to agree to.

    What he agreed to is an amount: a line that becomes dearer, or that he is to pay
    after all, needs his word again. Who uses this has ``payer`` and ``repair_id``.
    """

    _name = "dealer.repair.approved.mixin"
    _description = "Approved Line"

    amount_approved = fields.Float(
        "Approved Amount", readonly=True, copy=False, digits=0
    )
    is_approved = fields.Boolean("Approved", compute="_compute_is_approved")

    def _get_approval_fields(self):
        """Names of fields that change what the customer has to pay."""
        return ["payer", "amount", "amount_approved"]

    @api.depends(lambda self: self._get_approval_fields())
    def _compute_is_approved(self):
        for line in self:
            line.is_approved = not line._needs_approval()

    def _needs_approval(self):
        """Whether the customer pays more for the line than he agreed to."""
        self.ensure_one()
        if self.payer != "customer":
            return False
        currency = self.repair_id.currency_id or self.env.company.currency_id
        more = self._get_billed_amount() - self.amount_approved
        return currency.compare_amounts(more, 0) > 0

    def _get_billed_amount(self):
        """What the line costs, in the currency of the branch."""
        raise NotImplementedError

    @api.model
    def _check_approval_values(self, vals):
        """:raises AccessError: for a client that approves a line past the customer"""
        if {"amount_approved", "is_approved"} & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "Approved: only the customer's answer to an estimate approves "
                    "a line."
                )
            )
