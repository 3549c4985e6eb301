# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW
from .marketing_common import MarketingCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReductionTax(MarketingCase):
    """Discounts of a repair order bear the taxes of what they are on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax13, cls.tax6 = cls.make_tax(13), cls.make_tax(6)
        cls.labor = cls.env.ref("dealer_aftersales.product_labor")
        cls.labor.taxes_id = cls.tax13

    @classmethod
    def make_tax(cls, amount, **values):
        return cls.env["account.tax"].create(
            {
                "name": f"T{amount} {values}",
                "amount": amount,
                "company_id": cls.branch.id,
                **values,
            }
        )

    def settle(self, repair):
        """The sale order of the customer, after estimate and settlement agree."""
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        order = repair.settlement_order_ids
        self.assertEqual(repair.settlement_state, "settled")
        self.assertAlmostEqual(repair.estimate_ids[:1].amount, order.amount_total)
        return order

    def reduced_by_tax(self, order):
        product = self.env.ref("dealer_aftersales.product_reduction")
        lines = order.order_line.filtered(lambda li: li.product_id == product)
        return {line.tax_ids: line.price_unit for line in lines}

    def test_half_of_the_price_off_is_half_of_the_tax_off(self):
        self.make_promotion(percent=50)
        repair = self.make_order(fees=[("Towing", 1, 100)])
        self.take_hint(repair, "promotion")
        order = self.settle(repair)
        self.assertAlmostEqual(order.amount_total, 163)
        none = self.env["account.tax"]
        self.assertEqual(self.reduced_by_tax(order), {self.tax13: -100, none: -50})

    def test_all_off_leaves_nothing_to_pay_and_nothing_to_get(self):
        self.make_promotion(percent=100)
        repair = self.make_order(fees=[("Towing", 1, 100)])
        self.take_hint(repair, "promotion")
        order = self.settle(repair)
        self.assertAlmostEqual(order.amount_total, 0)
        self.assertAlmostEqual(order.amount_tax, 0)

    def test_tax_of_the_discount_product_does_not_matter(self):
        self.env.ref("dealer_aftersales.product_reduction").taxes_id = self.tax6
        self.make_promotion(percent=50)
        repair = self.make_order()
        self.take_hint(repair, "promotion")
        self.assertAlmostEqual(self.settle(repair).amount_total, 113)

    def test_card_takes_its_shares_of_labour_and_parts(self):
        self.make_card()
        self.part.taxes_id = self.tax6
        repair = self.make_order(parts=[(self.part, 2)], fees=[("Towing", 1, 100)])
        order = self.settle(repair)
        self.assertEqual(self.reduced_by_tax(order), {self.tax13: -20, self.tax6: -15})
        self.assertAlmostEqual(order.amount_total, 180 * 1.13 + 285 * 1.06 + 100)

    def test_points_take_what_the_promotion_left(self):
        self.branch.write({"points_system": "own", "points_value": 1})
        self.env["dealer.points.line"].create(
            {"partner_id": self.customer.id, "points": 90, "note": "T"}
            | {"company_id": self.branch.id}
        )
        self.make_promotion(percent=100, scope="labor")
        repair = self.make_order(fees=[("Towing", 1, 100)])
        self.take_hint(repair, "promotion")
        self.as_advisor(repair)._redeem_points(90)
        order = self.settle(repair)
        self.assertAlmostEqual(order.amount_total, 10)
        self.assertAlmostEqual(order.amount_tax, 0)

    def test_rounding_goes_to_one_part(self):
        self.make_promotion(kind="amount", amount=100)
        self.part.taxes_id = self.tax6
        repair = self.make_order(
            labor=[("A", 1, 100)], parts=[(self.part, 1)], fees=[("F", 1, 50)]
        )
        repair.move_ids.repair_price = 150
        self.take_hint(repair, "promotion")
        amounts = self.reduced_by_tax(self.settle(repair))
        self.assertEqual(len(amounts), 3)
        self.assertAlmostEqual(sum(amounts.values()), -100)
        self.assertEqual(amounts[self.tax13], -33.33)

    def test_prices_that_contain_the_tax(self):
        self.labor.taxes_id = self.make_tax(13, price_include_override="tax_included")
        self.make_promotion(percent=50)
        repair = self.make_order(labor=[("A", 1, 226)])
        self.take_hint(repair, "promotion")
        order = self.settle(repair)
        self.assertAlmostEqual(order.amount_total, 113)
        self.assertAlmostEqual(order.amount_tax, 13)

    def test_fiscal_position_of_the_customer_maps_it(self):
        free = self.env["account.fiscal.position"].create(
            {"name": "Free", "company_id": self.branch.id}
        )
        zero = self.make_tax(0)
        zero.write(
            {"fiscal_position_ids": free.ids, "original_tax_ids": self.tax13.ids}
        )
        self.customer.with_company(self.branch).property_account_position_id = free
        self.make_promotion(percent=50)
        repair = self.make_order()
        self.take_hint(repair, "promotion")
        order = self.settle(repair)
        self.assertEqual(self.reduced_by_tax(order), {zero: -100})
        self.assertAlmostEqual(order.amount_total, 100)

    def test_printed_settlement_adds_up(self):
        self.make_promotion(percent=50)
        repair = self.make_order(fees=[("Towing", 1, 100)])
        self.take_hint(repair, "promotion")
        self.settle(repair)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("dealer_aftersales.report_settlement", repair.ids)[0]
            .decode()
        )
        self.assertIn("163.00", html)
