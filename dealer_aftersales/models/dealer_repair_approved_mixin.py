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
        currency = (self.company_id or self.env.company).currency_id
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

    def _check_money_rights(self, vals):
        """:raises AccessError: for a technician who changes a price or a payer"""
        money = {"payer", "repair_price"} & vals.keys()
        if not money or not self.env["repair.order"]._is_technician_only():
            return
        lines = self.filtered("repair_id.vehicle_id")
        if any(line[name] != vals[name] for line in lines for name in money):
            raise AccessError(
                self.env._("Paid by, Price: the service advisor agrees on them.")
            )

    def _check_proposed_payer(self):
        """:raises AccessError: for a technician who gives a line another payer"""
        if not self.env["repair.order"]._is_technician_only():
            return
        for line in self.filtered(lambda x: x.payer and x.repair_id.vehicle_id):
            line._check_money_rights({"payer": line.repair_id._get_line_payer(line)})

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_approval_values(vals)
            if not self.env.su and "default_amount_approved" in self.env.context:
                vals["amount_approved"] = 0.0
        lines = super().create(vals_list)
        if any({"payer", "repair_price"} & vals.keys() for vals in vals_list):
            lines._check_proposed_payer()
        lines._follow_estimates()
        return lines

    def write(self, vals):
        self._check_approval_values(vals)
        self._check_money_rights(vals)
        if {"repair_id", "product_id"} & vals.keys() and "amount_approved" not in vals:
            vals = {**vals, **self._get_withdrawn_approval(vals)}
        result = super().write(vals)
        if self._get_price_fields() & vals.keys():
            self._follow_estimates()
        return result

    def unlink(self):
        repairs = self._get_estimated_repairs()
        result = super().unlink()
        repairs.exists()._refresh_estimate_state()
        return result

    def _get_withdrawn_approval(self, vals):
        """Other work, or work on another order, is not what the customer approved."""
        changed = any(
            line[name].id != vals[name]
            for line in self
            for name in ("repair_id", "product_id")
            if name in vals
        )
        return {"amount_approved": 0.0} if changed else {}

    def _get_price_fields(self):
        """Names of fields whose change may need the customer's word."""
        return {"payer", "amount_approved", "repair_id", "product_id"}

    def _get_estimated_repairs(self):
        """Orders of these lines that have an estimate; others need no care."""
        repairs = self.sudo().repair_id  # whoever books parts need not see the order
        return repairs.filtered(lambda r: r.estimate_state != "none")

    def _follow_estimates(self):
        self._get_estimated_repairs()._refresh_estimate_state()
