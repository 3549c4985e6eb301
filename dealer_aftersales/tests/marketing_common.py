# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from .workshop_common import WorkshopMoneyCase


class MarketingCase(WorkshopMoneyCase):
    """Orders that are cheaper for a reason: no taxes, known prices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("product_labor", "product_fee", "product_reduction"):
            product = cls.env.ref(f"dealer_aftersales.{name}")
            product.taxes_id = [Command.clear()]
        cls.gold = cls.env["dealer.membership.level"].create(
            {"name": "Gold T", "discount_labor": 10, "discount_parts": 5, "months": 12}
        )

    @classmethod
    def make_card(cls, **values):
        return cls.env["dealer.membership"].create(
            {
                "partner_id": cls.customer.id,
                "level_id": cls.gold.id,
                "company_id": cls.branch.id,
                "date_start": "2026-01-01",
                **values,
            }
        )

    @classmethod
    def make_promotion(cls, **values):
        return cls.env["dealer.promotion"].create(
            {
                "name": "Spring 20",
                "percent": 20,
                "place": "both",
                "date_start": "2026-03-01",
                "date_end": "2026-03-31",
                "company_id": cls.branch.id,
                **values,
            }
        )

    def reductions(self, repair):
        """{reason: amount} of the discounts of an order."""
        lines = repair.sudo().fee_ids.filtered("reduction")
        return {line.reduction: line.amount for line in lines}

    def hints(self, repair, code):
        found = repair.with_user(self.advisor)._get_order_hints()
        return [hint for hint in found if hint["code"] == code]

    def take_hint(self, repair, code):
        [hint] = self.hints(repair, code)
        mine = repair.with_user(self.advisor).with_context(hint_id=hint["id"])
        return getattr(mine, hint["action"])()
