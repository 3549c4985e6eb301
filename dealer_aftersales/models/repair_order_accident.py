# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RepairOrder(models.Model):
    """The case behind the repair of an accident: who insures, what he bears."""

    _inherit = "repair.order"

    insurer_id = fields.Many2one(
        "res.partner",
        check_company=True,
        index="btree_not_null",
        domain="[('is_company', '=', True)]",
    )
    claim_number = fields.Char("Claim No.", copy=False)
    accident_date = fields.Date("Date of Accident", copy=False)
    surveyor_name = fields.Char("Surveyor", copy=False)
    surveyor_phone = fields.Char("Surveyor's Phone", copy=False)
    amount_assessed = fields.Monetary("Assessed Amount", copy=False)
    deductible = fields.Monetary(
        "Customer's Share",
        copy=False,
        help="The part of the insurer's sum that the customer pays himself.",
    )

    _insurance_check = models.Constraint(
        "CHECK (deductible >= 0 AND amount_assessed >= 0)",
        "Customer's Share, Assessed Amount: cannot be less than nothing.",
    )

    @api.constrains("accident_date")
    def _check_accident_date(self):
        for repair in self.filtered("accident_date"):
            if repair.accident_date > repair.company_id._get_dealer_today():
                raise ValidationError(
                    self.env._("Date of Accident: lies in the future.")
                )

    @api.depends("deductible")
    def _compute_payer_amounts(self):
        return super()._compute_payer_amounts()

    def _get_payer_sums(self):
        """The customer's share goes from the insurer to the customer."""
        sums = super()._get_payer_sums()
        share = self._get_customer_share(sums["insurance"])
        sums["insurance"] -= share
        sums["customer"] += share
        return sums

    def _get_customer_share(self, insured):
        """What the customer pays of the insured sum, never more than all of it."""
        return min(self.deductible, max(insured, 0.0))

    def _get_insured_sum(self):
        return sum(
            line._get_billed_amount()
            for line in self._get_priced_lines()
            if line.payer == "insurance"
        )

    def _prepare_estimate_share(self, number):
        share = self._get_customer_share(self._get_insured_sum())
        lines = super()._prepare_estimate_share(number)
        if not share:
            return lines
        text = self._get_share_text()
        row = {"kind": "fee", "name": text, "quantity": 1, "is_new": False}
        product = self._get_fee_product()
        for payer, amount in (("insurance", -share), ("customer", share)):
            taxed = self._get_product_taxed(product, amount, 1.0, payer)
            money = {"price_unit": amount, "amount": amount, "amount_taxed": taxed}
            lines.append({**row, **money, "payer": payer, "sequence": number})
            number += 1
        return lines

    def _get_share_text(self):
        if not self.claim_number:
            return self.env._("Customer's share of the insured damage")
        return self.env._(
            "Customer's share of the insured damage, claim %(claim)s",
            claim=self.claim_number,
        )

    def _get_order_hints(self):
        hints = super()._get_order_hints()
        if self.service_kind != "accident" or (self.insurer_id and self.claim_number):
            return hints
        return [
            *hints,
            self._hint(
                "accident",
                self.env._("Insurer or claim number is missing."),
                "warning",
                self,
                label=self.env._("Accident"),
            ),
        ]
