# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: States of the workshop that need the customer's yes to all he pays.
APPROVED_STATES = ("approved", "in_work", "quality_check", "ready", "delivered")
WAITING = ("to_approve", "extra")


class RepairOrder(models.Model):
    """The customer approves what he pays before the work begins (SVC-18)."""

    _inherit = "repair.order"

    estimate_ids = fields.One2many(
        "dealer.repair.estimate", "repair_id", "Estimates", readonly=True
    )
    estimate_state = fields.Selection(
        [
            ("none", "No Estimate"),
            ("to_approve", "Waiting for Approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("extra", "Approval needed"),
        ],
        "Estimate",
        default="none",
        readonly=True,
        copy=False,
    )

    _estimate_state_idx = models.Index(
        "(company_id, estimate_state) WHERE estimate_state IN ('to_approve', 'extra')"
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_estimate_values(vals)
            if not self.env.su and "default_estimate_state" in self.env.context:
                vals["estimate_state"] = "none"
        return super().create(vals_list)

    def write(self, vals):
        self._check_estimate_values(vals)
        return super().write(vals)

    def _check_estimate_values(self, vals):
        """:raises AccessError: for a client that sets the answer of the customer"""
        if self.env.su or "estimate_state" not in vals:
            return
        state = vals["estimate_state"]
        if any(r.estimate_state != state for r in self) or (
            not self and state != "none"
        ):
            raise AccessError(
                self.env._("Estimate: its status follows the customer's answer.")
            )

    def _check_may_charge(self):
        """:raises AccessError: for who has no business with the customer's money"""
        self.check_access("write")
        advisor = "dealer_aftersales.group_service_advisor"
        if not (self.env.su or self.env.user.has_group(advisor)):
            raise AccessError(
                self.env._(
                    "Only service advisors settle prices and approvals with customers."
                )
            )

    def action_send_estimate(self):
        """Put the order's lines to the customer as a new version of the estimate.

        :return: the action that shows the new estimate
        :raises UserError: without lines to put to him
        """
        self.ensure_one()
        self._check_may_charge()
        if not self._get_priced_lines():
            raise UserError(
                self.env._("Estimate: enter the work, the parts or the fees first.")
            )
        estimates = self.sudo().estimate_ids
        estimates.filtered(lambda e: e.state == "sent").state = "replaced"
        values = self._prepare_estimate_values()
        estimate = self.env["dealer.repair.estimate"].sudo().create(values)
        self._refresh_estimate_state()
        return estimate.sudo(False).action_open()

    def _prepare_estimate_values(self):
        lines = [
            self._prepare_estimate_line(line, number)
            for number, line in enumerate(self._get_priced_lines(), 1)
        ]
        lines += self._prepare_estimate_share(len(lines) + 1)
        days = self.company_id.sudo().estimate_days
        last = max(self.sudo().estimate_ids.mapped("version"), default=0)
        customer = [line for line in lines if line["payer"] == "customer"]
        return {
            "repair_id": self.id,
            "version": last + 1,
            "line_ids": [fields.Command.create(line) for line in lines],
            "amount": sum(line["amount_taxed"] for line in customer),
            "amount_tax": sum(li["amount_taxed"] - li["amount"] for li in customer),
            "amount_others": sum(
                line["amount_taxed"] for line in lines if line["payer"] != "customer"
            ),
            "date_valid": self.company_id._get_dealer_today() + timedelta(days=days),
        }

    def _prepare_estimate_line(self, line, number):
        """One line, frozen with its text and its price."""
        is_part = line._name == "stock.move"
        taxed = self._get_taxed_amount(line)
        values = {
            "sequence": number,
            "kind": "part" if is_part else line.kind,
            "name": line.product_id.display_name if is_part else line.name,
            "payer": line.payer or "customer",
            "amount": line._get_billed_amount(),
            "amount_taxed": taxed,
            "is_new": not line.is_approved,
        }
        if is_part:
            return values | {
                "move_id": line.id,
                "quantity": line._get_repair_quantity(),
                "price_unit": line.repair_price,
            }
        return values | {
            "labor_id": line.id,
            "quantity": line.hours,
            "price_unit": line.price_unit,
        }

    def _get_unapproved_lines(self):
        """Lines that cost the customer more than he agreed to."""
        self.ensure_one()
        return [line for line in self._get_priced_lines() if not line.is_approved]

    def _is_estimate_required(self):
        """Whether the branch asks for approval of what the customer pays here."""
        self.ensure_one()
        company = self.company_id.sudo()
        if company.estimate_required == "never":
            return False
        limit = 0.0
        if company.estimate_required == "over":
            limit = company.estimate_threshold
        return self.currency_id.compare_amounts(self.amount_customer, limit) > 0

    def _get_approval_block(self):
        """Why nobody may go on with this order, or False."""
        lines = self._get_unapproved_lines()
        if not lines:
            return False
        if self.estimate_state == "none" and not self._is_estimate_required():
            return False
        names = [
            line.product_id.display_name if line._name == "stock.move" else line.name
            for line in lines
        ]
        return self.env._(
            "Order %(order)s: the customer has not approved %(lines)s. "
            "Send an estimate and record the answer.",
            order=self.name,
            lines=", ".join(names),
        )

    def _get_state_blocks(self, target):
        blocks = super()._get_state_blocks(target)
        block = target in APPROVED_STATES and self._get_approval_block()
        return [*blocks, block] if block else blocks

    def _check_approval(self):
        """:raises UserError: for an order whose work the customer has not approved"""
        blocks = [repair._get_approval_block() for repair in self if repair.vehicle_id]
        if any(blocks):
            raise UserError("\n".join(filter(None, blocks)))

    def action_repair_start(self):
        """Core's own button is no way past the customer."""
        self._check_approval()
        return super().action_repair_start()

    def action_repair_done(self):
        self._check_approval()
        return super().action_repair_done()

    def _after_state(self, source, target):
        self.filtered(lambda r: r.estimate_state != "none")._refresh_estimate_state()
        return super()._after_state(source, target)

    def _get_board_flags(self):
        flags = super()._get_board_flags()
        for repair in self.filtered(lambda r: r.estimate_state in WAITING):
            text = self.env._("Waiting for approval")
            flags[repair.id].append(("approval", text, "warning"))
        return flags

    def _refresh_estimate_state(self):
        """Bring the state up to date after an answer or a change of the lines."""
        for repair in self:
            state = repair._get_estimate_state()
            if repair.estimate_state != state:
                repair.sudo().estimate_state = state

    def _get_estimate_state(self):
        self.ensure_one()
        estimates = self.sudo().estimate_ids
        if not estimates:
            return "none"
        if any(estimate.state == "sent" for estimate in estimates):
            return "to_approve"
        if self._get_unapproved_lines():
            return "extra"
        answered = {estimate.state for estimate in estimates} - {"replaced"}
        return "refused" if answered == {"refused"} else "approved"
